import { html, nothing } from 'lit/html.js';
import type { Token } from '../../../src/transcript/messageMarkdown.ts';
import type { MarkdownContext } from './context.ts';

/** A table or a part of one; a wide table scrolls in a box of its own that the keyboard reaches. */
export function tablePart(
  open: Token,
  children: readonly unknown[],
  direction: 'auto' | undefined,
  context: MarkdownContext,
): unknown {
  switch (open.type) {
    case 'table_open':
      return html`<div
        class="table"
        tabindex="0"
        role="group"
        aria-label=${context.strings.markdown.table}
        dir=${direction ?? nothing}
      >
        <table>
          ${children}
        </table>
      </div>`;
    case 'thead_open':
      return html`<thead>
        ${children}
      </thead>`;
    case 'tbody_open':
      return html`<tbody>
        ${children}
      </tbody>`;
    case 'tr_open':
      return html`<tr>
        ${children}
      </tr>`;
    case 'th_open':
      return html`<th scope="col" class=${alignment(open)}>${children}</th>`;
    case 'td_open':
      return html`<td class=${alignment(open)}>${children}</td>`;
    default:
      return children;
  }
}

/** The parser knows alignment as a style; a style attribute is not allowed here, a class is. */
function alignment(token: Token): string {
  const style = String(token.attrs?.find(([key]) => key === 'style')?.[1] ?? '');
  if (style.endsWith('right')) {
    return 'align-right';
  }
  return style.endsWith('center') ? 'align-center' : '';
}
