import { html, type TemplateResult } from 'lit/html.js';
import type { PageContext } from './context.ts';
import { icon } from './icon.ts';

/** How long the button says that it copied. */
const COPIED_MS = 1_600;

export function copyButton(copy: () => void, context: PageContext): TemplateResult {
  const { strings } = context;
  const onClick = (event: Event) => {
    copy();
    context.actions.announce(strings.copied);
    if (event.currentTarget instanceof HTMLElement) {
      const button = event.currentTarget;
      button.classList.add('is-copied');
      setTimeout(() => button.classList.remove('is-copied'), COPIED_MS);
    }
  };
  return html`<button type="button" class="quiet copy" @click=${onClick}>
    <span class="copy-before">${icon('copy')}${strings.copy}</span>
    <span class="copy-after">${icon('check')}${strings.copied}</span>
  </button>`;
}
