import { AsyncDirective } from 'lit/async-directive.js';
import { directive, type ElementPart, PartType, type PartInfo } from 'lit/directive.js';
import { noChange } from 'lit/html.js';

const seen = new WeakMap<Element, () => void>();
let observer: IntersectionObserver | undefined;

function sharedObserver(): IntersectionObserver {
  // Scroll boxes around the element clip it, so what is scrolled out of its box does not count as seen.
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (entry.isIntersecting) {
          seen.get(entry.target)?.();
        }
      }
    },
    { threshold: 0.9 },
  );
  return observer;
}

/** Calls back when the element has been on the screen. A changed `version` asks for it to be seen anew. */
class WatchEnd extends AsyncDirective {
  private element: Element | undefined;
  private version: string | undefined;

  constructor(info: PartInfo) {
    super(info);
    if (info.type !== PartType.ELEMENT) {
      throw new Error('watchEnd belongs on an element');
    }
  }

  override render(_version: string, _onSeen: () => void): unknown {
    return noChange;
  }

  override update(part: ElementPart, [version, onSeen]: [string, () => void]): unknown {
    this.element = part.element;
    seen.set(part.element, onSeen);
    if (version !== this.version) {
      this.version = version;
      sharedObserver().unobserve(part.element);
      sharedObserver().observe(part.element);
    }
    return noChange;
  }

  protected override disconnected(): void {
    if (this.element !== undefined) {
      sharedObserver().unobserve(this.element);
    }
  }

  protected override reconnected(): void {
    if (this.element !== undefined) {
      sharedObserver().observe(this.element);
    }
  }
}

export const watchEnd = directive(WatchEnd);
