import { html, type TemplateResult } from 'lit/html.js';
import type { PageActions, PageContext } from './context.ts';
import { icon } from './icon.ts';

/** How long the button says that it copied. */
const COPIED_MS = 1_600;

/** @param copy answers `asked` where the user is asked elsewhere, and the button has nothing to say. */
export function copyButton(
  copy: () => unknown,
  context: Pick<PageContext, 'strings'> & { readonly actions: Pick<PageActions, 'announce'> },
): TemplateResult {
  const { strings } = context;
  const onClick = (event: Event) => {
    const button = event.currentTarget;
    const say = (done: unknown) => {
      if (done === 'asked') {
        return;
      }
      context.actions.announce(strings.copied);
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
