import { AsyncDirective } from 'lit/async-directive.js';
import { directive, type ElementPart, PartType, type PartInfo } from 'lit/directive.js';
import { noChange } from 'lit/html.js';

/**
 * Calls back with the version that was drawn when the element was on the screen. Each version is watched by an
 * observer of its own: what an observer saw can be told late, and must never count for what is drawn by then.
 */
class WatchEnd extends AsyncDirective {
  private element: Element | undefined;
  private version: string | undefined;
  private onSeen: ((version: string) => void) | undefined;
  private observer: IntersectionObserver | undefined;

  constructor(info: PartInfo) {
    super(info);
    if (info.type !== PartType.ELEMENT) {
      throw new Error('watchEnd belongs on an element');
    }
  }

  override render(_version: string, _onSeen: (version: string) => void): unknown {
    return noChange;
  }

  override update(part: ElementPart, [version, onSeen]: [string, (version: string) => void]): unknown {
    this.onSeen = onSeen;
    if (version !== this.version || part.element !== this.element) {
      this.element = part.element;
      this.version = version;
      this.watch();
    }
    return noChange;
  }

  /** Scroll boxes around the element clip it, so what is scrolled out of its box does not count as seen. */
  private watch(): void {
    this.observer?.disconnect();
    const { element, version } = this;
    if (element === undefined || version === undefined) {
      return;
    }
    const observer = new IntersectionObserver(
      (entries) => {
        if (this.observer === observer && entries.some(({ isIntersecting }) => isIntersecting)) {
          this.onSeen?.(version);
        }
      },
      { threshold: 0.9 },
    );
    this.observer = observer;
    observer.observe(element);
  }

  protected override disconnected(): void {
    this.observer?.disconnect();
    this.observer = undefined;
  }

  protected override reconnected(): void {
    this.watch();
  }
}

export const watchEnd = directive(WatchEnd);
