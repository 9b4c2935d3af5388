import { html, type TemplateResult } from 'lit/html.js';
import { withHiddenMarked } from '../../../src/util/hiddenCharacters.ts';
import type { PageContext } from './context.ts';
import { visibleText } from './hidden.ts';

/** An address as a link, which the host opens after it was looked at; anything else is text. */
export function linkView(url: string, label: string, context: PageContext): TemplateResult {
  return /^https?:\/\//i.test(url)
    ? html`<button
        type="button"
        class="link"
        role="link"
        title=${withHiddenMarked(url)}
        @click=${() => context.actions.openLink(url)}
      >
        ${visibleText(label)}
      </button>`
    : html`<span>${visibleText(label)}</span>`;
}
