import { html, type TemplateResult } from 'lit/html.js';
import type { PageActions, PageContext } from './context.ts';
import { icon } from './icon.ts';

/** How long the button says that it copied. */
const COPIED_MS = 1_600;

/** `said` is announced to those who hear the page, once it is true. */
export function copyButton(
  copy: () => void | Promise<void>,
  context: Pick<PageContext, 'strings'> & { readonly actions: Pick<PageActions, 'announce'> },
  said = context.strings.copied,
): TemplateResult {
  const { strings } = context;
  const onClick = (event: Event) => {
    const button = event.currentTarget;
    const say = () => {
      context.actions.announce(said);
      if (button instanceof HTMLElement) {
        button.classList.add('is-copied');
        setTimeout(() => button.classList.remove('is-copied'), COPIED_MS);
      }
    };
    Promise.resolve(copy()).then(say, () => undefined);
  };
  return html`<button type="button" class="quiet copy" @click=${onClick}>
    <span class="copy-before">${icon('copy')}${strings.copy}</span>
    <span class="copy-after">${icon('check')}${strings.copied}</span>
  </button>`;
}
