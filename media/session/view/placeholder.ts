import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { PageContext } from './context.ts';
import { visibleText } from './hidden.ts';
import { icon, type IconName } from './icon.ts';

/** Something in the place of a piece, with what can be done about it. */
export function placeholder(
  name: IconName,
  text: string,
  action: TemplateResult | typeof nothing = nothing,
): TemplateResult {
  return html`<div class="placeholder">${icon(name)}<span>${visibleText(text)} ${action}</span></div>`;
}

/** A size in the unit in which it is a small number. */
export function bytesText(bytes: number, { format }: PageContext): string {
  return `${format.compact(bytes)}B`;
}
