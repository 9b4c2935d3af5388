import { html, type TemplateResult } from 'lit/html.js';
import type { NoticeRow } from '../../../src/transcript/row.ts';
import { fill } from '../fill.ts';
import type { PageContext } from './context.ts';
import { visibleText } from './hidden.ts';
import { icon, type IconName } from './icon.ts';
import { timeView } from './time.ts';

const icons: Record<NoticeRow['tone'], IconName | undefined> = {
  quiet: undefined,
  good: 'check',
  warning: 'warning',
  error: 'error',
};

export function noticeText(row: NoticeRow, context: PageContext): string {
  return fill(context.strings.notice[row.code], row.args);
}

/** A quiet divider, or a clear line where something is wrong. */
export function noticeView(row: NoticeRow, context: PageContext): TemplateResult {
  const name = icons[row.tone];
  return html`<div class="notice tone-${row.tone}">
    <span class="notice-text"
      >${name === undefined ? '' : icon(name)}<span>${visibleText(noticeText(row, context))}</span></span
    >
    ${timeView(row.at, context)}
  </div>`;
}
