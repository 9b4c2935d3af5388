import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Banner } from '../../../src/protocol/messages.ts';
import type { PageContext } from './context.ts';
import { visibleText } from './hidden.ts';
import { icon } from './icon.ts';

export function bannerView(banner: Banner | null, context: PageContext): TemplateResult | typeof nothing {
  if (banner === null) {
    return nothing;
  }
  return html`<div class="banner tone-${banner.tone}" role=${banner.tone === 'error' ? 'alert' : 'note'}>
    ${icon(banner.tone)}
    <span class="banner-text">${visibleText(banner.text)}</span>
    <span class="banner-buttons">
      ${banner.actions.map(
        ({ action, label }) =>
          html`<button type="button" class="secondary" @click=${() => context.actions.act(action)}>
            ${label}
          </button>`,
      )}
    </span>
  </div>`;
}
