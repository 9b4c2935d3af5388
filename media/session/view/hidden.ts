import { html, type TemplateResult } from 'lit/html.js';
import { type Exactness, revealHidden } from '../hiddenCharacters.ts';

/** Untrusted text for the page: hidden characters show as marks. */
export function visibleText(text: string, exactness: Exactness = 'reading'): unknown {
  const pieces = revealHidden(text, exactness);
  if (pieces.length === 0) {
    return '';
  }
  if (pieces.length === 1 && typeof pieces[0] === 'string') {
    return pieces[0];
  }
  return pieces.map((piece): TemplateResult | string =>
    typeof piece === 'string' ? piece : html`<span class="mark" title=${piece.name}>${piece.mark}</span>`,
  );
}
