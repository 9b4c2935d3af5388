import { MAX_TITLE } from '../../src/protocol/headerMessages.ts';
import type { MenuAction } from '../../src/protocol/headerStrings.ts';
import type { Outcome, PageAction, PageMessage, SessionHeader } from '../../src/protocol/messages.ts';

export interface HeaderPorts {
  readonly root: HTMLElement;
  readonly header: () => SessionHeader | undefined;
  readonly post: (message: PageMessage) => void;
  readonly ask: (build: (id: number) => PageMessage) => Promise<Outcome>;
  /** What to say where the host gives no reason. */
  readonly failureText: () => string;
  readonly tooLong: (count: number) => string;
  /** Draw again; what is passed runs behind it. */
  readonly changed: (afterwards?: () => void) => void;
}

/** The title as it is being written. */
export interface Renaming {
  readonly text: string;
  readonly error: string | undefined;
}

/** What the reader does at the top of the page: the title in its field, the menu, the details. */
export class HeaderController {
  private readonly ports: HeaderPorts;
  renaming: Renaming | undefined;
  isMenuOpen = false;
  areDetailsOpen = false;
  /** A new title is on its way to the server. */
  isSaving = false;

  constructor(ports: HeaderPorts) {
    this.ports = ports;
  }

  start(): void {
    document.addEventListener('keydown', (event) => {
      const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
      if (event.key === 'F2' && isPlain && this.startRename()) {
        event.preventDefault();
      }
    });
    document.addEventListener('pointerdown', ({ target }) => {
      if (this.isMenuOpen && !(target instanceof Element && target.closest('.header-menu, .more') !== null)) {
        this.closeMenu(false);
      }
    });
    window.addEventListener('blur', () => this.closeMenu(false));
  }

  // ---- the title ----

  /** True where the title can be changed. */
  startRename(): boolean {
    const header = this.ports.header();
    if (header?.renamable !== true || this.isSaving) {
      return false;
    }
    this.isMenuOpen = false;
    if (this.renaming === undefined) {
      // A session without a title is shown by its id, which is no title to begin with.
      const text = header.title === header.sessionId ? '' : header.title;
      this.renaming = { text, error: undefined };
    }
    this.ports.changed(() => this.focusField(true));
    return true;
  }

  writeTitle(text: string): void {
    const error = text.trim().length > MAX_TITLE ? this.ports.tooLong(text.trim().length) : undefined;
    this.renaming = { text, error };
    this.ports.changed();
  }

  cancelRename(): void {
    this.renaming = undefined;
    this.ports.changed(() => this.focus('.rename-button'));
  }

  /** The field closes at once, since the host shows the new title at once; a refusal brings it back as it was. */
  async saveTitle(): Promise<void> {
    const { renaming } = this;
    const header = this.ports.header();
    if (renaming === undefined || header === undefined || renaming.text.trim().length > MAX_TITLE) {
      return;
    }
    const title = renaming.text.trim();
    this.renaming = undefined;
    const isSame = title === header.title || (title === '' && header.title === header.sessionId);
    this.isSaving = !isSame;
    this.ports.changed(() => this.focus('.rename-button'));
    if (isSame) {
      return;
    }
    const outcome = await this.ports.ask((id) => ({ type: 'rename', id, title }));
    this.isSaving = false;
    if (outcome.ok) {
      this.ports.changed();
      return;
    }
    const error = outcome.message === '' ? this.ports.failureText() : outcome.message;
    this.renaming = { text: renaming.text, error };
    const hadFocus =
      document.activeElement === null || document.activeElement.matches('body, .rename-button');
    this.ports.changed(() => hadFocus && this.focusField(false));
  }

  onTitleKey(event: KeyboardEvent): void {
    if (event.isComposing || event.keyCode === 229) {
      return;
    }
    if (event.key === 'Enter') {
      event.preventDefault();
      void this.saveTitle();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      this.cancelRename();
    }
  }

  private focusField(selects: boolean): void {
    const field = this.ports.root.querySelector<HTMLInputElement>('.rename-field');
    field?.focus();
    if (selects) {
      field?.select();
    }
  }

  // ---- details ----

  toggleDetails(): void {
    this.areDetailsOpen = !this.areDetailsOpen;
    this.ports.changed();
  }

  // ---- the menu ----

  toggleMenu(): void {
    if (this.isMenuOpen) {
      this.closeMenu(true);
      return;
    }
    this.isMenuOpen = true;
    this.ports.changed(() => this.items()[0]?.focus());
  }

  openMenuAtEnd(): void {
    this.isMenuOpen = true;
    this.ports.changed(() => this.items().at(-1)?.focus());
  }

  choose(action: MenuAction | 'rename'): void {
    this.closeMenu(true);
    if (action === 'rename') {
      this.startRename();
    } else {
      const message: PageAction = action;
      this.ports.post({ type: 'action', action: message });
    }
  }

  closeMenu(returnsFocus: boolean): void {
    if (this.isMenuOpen) {
      this.isMenuOpen = false;
      this.ports.changed(() => returnsFocus && this.focus('.more'));
    }
  }

  /** The keys of a menu (WAI-ARIA Authoring Practices, menu button). */
  onMenuKey(event: KeyboardEvent): void {
    const items = this.items();
    const at = items.findIndex((item) => item === document.activeElement);
    const target = menuTarget(
      event.key,
      at,
      items.map((item) => item.textContent.trim()),
    );
    if (target !== undefined) {
      items[target]?.focus();
    } else if (event.key === 'Escape') {
      this.closeMenu(true);
    } else if (event.key === 'Tab') {
      this.closeMenu(true);
      return;
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  private items(): readonly HTMLElement[] {
    return [...this.ports.root.querySelectorAll<HTMLElement>('.header-menu [role="menuitem"]')];
  }

  private focus(selector: string): void {
    this.ports.root.querySelector<HTMLElement>(selector)?.focus();
  }
}

/** The item of a menu that a key goes to, from the one at `at`; undefined where the key is none of the menu's. */
export function menuTarget(key: string, at: number, labels: readonly string[]): number | undefined {
  const count = labels.length;
  switch (key) {
    case 'ArrowDown':
      return (at + 1) % count;
    case 'ArrowUp':
      return (at - 1 + count) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      break;
  }
  // Names of keys are longer than any one character.
  if (key.length > 2 || key === ' ') {
    return undefined;
  }
  const letter = key.toLocaleLowerCase();
  for (let step = 1; step <= count; step += 1) {
    const next = (at + step) % count;
    if (labels[next]?.toLocaleLowerCase().startsWith(letter) === true) {
      return next;
    }
  }
  return undefined;
}
