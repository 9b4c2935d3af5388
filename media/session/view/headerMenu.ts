import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { MenuAction } from '../../../src/protocol/headerStrings.ts';
import type { SessionHeader } from '../../../src/protocol/messages.ts';
import type { HeaderController } from '../headerController.ts';
import type { PageContext } from './context.ts';
import { icon, type IconName } from './icon.ts';

/** The order of the menu; a line between the groups. */
const groups: readonly (readonly (MenuAction | 'rename')[])[] = [
  ['rename', 'export', 'openAsText'],
  ['copyConversation', 'copySessionId', 'showDetails'],
  ['defineOutcome', 'reconnect'],
  ['archive'],
];

const icons: Record<MenuAction | 'rename', IconName> = {
  rename: 'edit',
  export: 'export',
  openAsText: 'file',
  copyConversation: 'copy',
  copySessionId: 'copy',
  showDetails: 'json',
  defineOutcome: 'target',
  reconnect: 'refresh',
  archive: 'archive',
};

/** The button behind which the rarer actions are, and their menu. */
export function headerMenu(
  header: SessionHeader,
  controller: HeaderController,
  context: PageContext,
): TemplateResult | typeof nothing {
  const { strings } = context;
  const offered = groups
    .map((group) => group.filter((action) => isOffered(action, header)))
    .filter((group) => group.length > 0);
  if (offered.length === 0) {
    return nothing;
  }
  const label = strings.header.more;
  return html`<div class="header-menu-place">
    <button
      type="button"
      class="quiet icon-button more"
      title=${label}
      aria-label=${label}
      aria-haspopup="menu"
      aria-expanded=${controller.isMenuOpen}
      @click=${() => controller.toggleMenu()}
      @keydown=${(event: KeyboardEvent) => onButtonKey(event, controller)}
    >
      ${icon('ellipsis')}
    </button>
    ${controller.isMenuOpen ? menuView(offered, label, controller, context) : nothing}
  </div>`;
}

function menuView(
  offered: readonly (readonly (MenuAction | 'rename')[])[],
  label: string,
  controller: HeaderController,
  { strings }: PageContext,
): TemplateResult {
  return html`<div
    class="header-menu"
    role="menu"
    aria-label=${label}
    @keydown=${(event: KeyboardEvent) => controller.onMenuKey(event)}
  >
    ${offered.map(
      (group, index) =>
        html`${index === 0 ? nothing : html`<div class="header-menu-line" role="separator"></div>`}
        ${group.map(
          (action) =>
            html`<button
              type="button"
              class="header-menu-item"
              role="menuitem"
              tabindex="-1"
              data-action=${action}
              @click=${() => controller.choose(action)}
            >
              ${icon(icons[action])}<span
                >${action === 'rename' ? strings.header.rename : strings.header.menu[action]}</span
              >
            </button>`,
        )}`,
    )}
  </div>`;
}

function isOffered(action: MenuAction | 'rename', header: SessionHeader): boolean {
  return action === 'rename' ? header.renamable : header.menu.includes(action);
}

function onButtonKey(event: KeyboardEvent, controller: HeaderController): void {
  if (controller.isMenuOpen || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) {
    return;
  }
  event.preventDefault();
  if (event.key === 'ArrowDown') {
    controller.toggleMenu();
  } else {
    controller.openMenuAtEnd();
  }
}
