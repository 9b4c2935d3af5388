import { html, nothing, type TemplateResult } from 'lit/html.js';
import { guard } from 'lit/directives/guard.js';
import type { Row } from '../../../src/transcript/row.ts';
import { assertNever } from '../../../src/util/assertNever.ts';
import { fill } from '../fill.ts';
import type { RowUi } from '../uiState.ts';
import { agentMessage } from './agentMessage.ts';
import type { PageContext } from './context.ts';
import { noticeText, noticeView } from './notice.ts';
import { rawView } from './raw.ts';
import { thinkingView } from './thinking.ts';
import { toolView } from './tool.ts';
import { userMessage } from './userMessage.ts';

/** Where a row stands in the conversation. */
export interface RowPlace {
  readonly position: number;
  /** How many rows there are, or -1 where that is not known. */
  readonly size: number;
  /** True for the one row that Tab reaches. */
  readonly current: boolean;
  /** The day that begins with this row. */
  readonly day: string | undefined;
}

export function rowView(row: Row, place: RowPlace, ui: RowUi, context: PageContext): TemplateResult {
  return html`<article
    class="row row-${row.kind}"
    tabindex=${place.current ? '0' : '-1'}
    aria-posinset=${place.position}
    aria-setsize=${place.size}
    aria-label=${rowLabel(row, context)}
  >
    ${place.day === undefined ? nothing : html`<div class="day"><span>${place.day}</span></div>`}
    ${guard([row, ui, context], () => rowBody(row, ui, context))}
  </article>`;
}

function rowBody(row: Row, ui: RowUi, context: PageContext): unknown {
  switch (row.kind) {
    case 'userMessage':
      return userMessage(row, context);
    case 'agentMessage':
      return agentMessage(row, context);
    case 'thinking':
      return thinkingView(row, ui, context);
    case 'tool':
      return toolView(row, ui, context);
    case 'notice':
      return noticeView(row, context);
    case 'raw':
      return rawView(row, ui, context);
    default:
      return assertNever(row);
  }
}

function rowLabel(row: Row, context: PageContext): string {
  const who = whoOf(row, context);
  if (row.at === null) {
    return who;
  }
  return fill(context.strings.rowLabel, { who, time: context.format.time(row.at) });
}

function whoOf(row: Row, context: PageContext): string {
  const { strings } = context;
  switch (row.kind) {
    case 'userMessage':
      return strings.you;
    case 'agentMessage':
      return strings.agent;
    case 'thinking':
      return strings.thinking;
    case 'tool':
      return row.name;
    case 'notice':
      return noticeText(row, context);
    case 'raw':
      return fill(strings.unknownEvent, { type: row.type });
    default:
      return assertNever(row);
  }
}
