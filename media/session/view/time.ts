import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { PageContext } from './context.ts';

/** The time of a row, the whole date on hover. */
export function timeView(at: number | null, context: PageContext): TemplateResult | typeof nothing {
  if (at === null) {
    return nothing;
  }
  const { format } = context;
  return html`<time datetime=${new Date(at).toISOString()} title=${format.full(at)}
    >${format.time(at)}</time
  >`;
}
