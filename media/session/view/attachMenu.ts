import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { AttachSource } from '../../../src/protocol/composerMessages.ts';
import type { ComposerController } from '../composerController.ts';
import { fill } from '../fill.ts';
import { linesText } from './attachments.ts';
import type { PageContext } from './context.ts';
import { icon, type IconName } from './icon.ts';

interface Item {
  readonly source: AttachSource;
  readonly icon: IconName;
  readonly label: string;
  /** What would be attached, or why nothing can be. */
  readonly detail: string | undefined;
  readonly isOff: boolean;
}

const MENU_ID = 'attach-menu';

/** One button that opens a menu with all that can be attached. The browser closes it, and gives the focus back. */
export function attachMenu(composer: ComposerController, context: PageContext): TemplateResult {
  const { composer: texts } = context.strings;
  const { noFiles } = composer.host;
  const isLocked = composer.sending !== 'idle';
  return html`<button
      type="button"
      class="quiet attach"
      title=${texts.attachMenu}
      aria-label=${texts.attachMenu}
      aria-haspopup="menu"
      popovertarget=${MENU_ID}
      ?disabled=${isLocked}
      @keydown=${openByArrow}
    >
      ${icon('attach')}
    </button>
    <div
      class="menu attach-menu"
      id=${MENU_ID}
      popover="auto"
      role="menu"
      aria-label=${texts.attachMenu}
      @toggle=${(event: ToggleEvent) => {
        if (event.newState === 'open') {
          composer.attaching.askWhatCanBeAttached();
          itemsOf(event)[0]?.focus();
        }
      }}
      @keydown=${onMenuKey}
    >
      ${noFiles === null ? nothing : html`<div class="menu-note" role="presentation">${noFiles}</div>`}
      ${items(composer, context).map((item) => itemView(item, composer))}
    </div>`;
}

function itemView(item: Item, composer: ComposerController): TemplateResult {
  return html`<button
    type="button"
    class="menu-item"
    role="menuitem"
    tabindex="-1"
    aria-disabled=${item.isOff ? 'true' : nothing}
    @click=${(event: MouseEvent) => {
      if (!item.isOff) {
        closeMenu(event);
        composer.attaching.attach(item.source);
      }
    }}
  >
    ${icon(item.icon)}<span class="menu-label">${item.label}</span>${
      item.detail === undefined ? nothing : html`<span class="menu-detail">${item.detail}</span>`
    }
  </button>`;
}

function items(composer: ComposerController, context: PageContext): readonly Item[] {
  const { composer: texts } = context.strings;
  const { noFiles, editor } = composer.host;
  const isOff = noFiles !== null;
  const lines = editor?.selectedLines ?? 0;
  const selected =
    editor === null || lines === 0
      ? texts.noSelection
      : fill(texts.selectionLines, { name: editor.name, lines: linesText(lines, context) });
  return [
    { source: 'file', icon: 'file', label: texts.attachFile, detail: undefined, isOff },
    { source: 'image', icon: 'file-media', label: texts.attachImage, detail: undefined, isOff },
    {
      source: 'selection',
      icon: 'list-selection',
      label: texts.attachSelection,
      detail: isOff ? undefined : selected,
      isOff: isOff || lines === 0,
    },
    {
      source: 'editor',
      icon: 'go-to-file',
      label: texts.attachEditor,
      detail: isOff ? undefined : (editor?.name ?? texts.noEditor),
      isOff: isOff || editor === null,
    },
  ];
}

/** As in every menu: arrows walk around, a letter jumps, Tab leaves. Escape is the browser's. */
function onMenuKey(event: KeyboardEvent): void {
  const all = itemsOf(event);
  const at = all.findIndex((item) => item === document.activeElement);
  const next = nextItem(event.key, at, all);
  if (next !== undefined) {
    event.preventDefault();
    all[next]?.focus();
  } else if (event.key === 'Tab') {
    event.preventDefault();
    closeMenu(event);
  }
}

function nextItem(key: string, at: number, all: readonly HTMLElement[]): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return (at + 1) % all.length;
    case 'ArrowUp':
      return (at - 1 + all.length) % all.length;
    case 'Home':
      return 0;
    case 'End':
      return all.length - 1;
    default:
      break;
  }
  if (!/^\p{L}$/u.test(key)) {
    return undefined;
  }
  const behind = [...all.keys()].map((_, index) => (at + 1 + index) % all.length);
  return behind.find((index) => labelOf(all[index]).startsWith(key.toLocaleLowerCase()));
}

function labelOf(item: HTMLElement | undefined): string {
  return (item?.querySelector('.menu-label')?.textContent ?? '').toLocaleLowerCase();
}

/** A menu button opens with an arrow as well. */
function openByArrow(event: KeyboardEvent): void {
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    if (event.currentTarget instanceof HTMLElement) {
      event.currentTarget.click();
    }
  }
}

function menuOf(event: Event): HTMLElement | undefined {
  const { currentTarget } = event;
  const menu = currentTarget instanceof Element ? currentTarget.closest('[popover]') : null;
  return menu instanceof HTMLElement ? menu : undefined;
}

function itemsOf(event: Event): readonly HTMLElement[] {
  return Array.from(menuOf(event)?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? []);
}

function closeMenu(event: Event): void {
  menuOf(event)?.hidePopover();
}
