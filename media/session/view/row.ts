import { html, nothing, type TemplateResult } from 'lit/html.js';
import { guard } from 'lit/directives/guard.js';
import type { Row } from '../../../src/transcript/row.ts';
import { assertNever } from '../../../src/util/assertNever.ts';
import { withHiddenMarked } from '../../../src/util/hiddenCharacters.ts';
import { fill } from '../fill.ts';
import type { RowUi } from '../uiState.ts';
import { agentMessage } from './agentMessage.ts';
import { waitingLabel } from './approval.ts';
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
  /** True where the row before is the agent's as well: what it says then needs no heading of its own. */
  readonly follows: boolean;
  /** True where the row is gone before anybody could point at it: what is only for that can wait. */
  readonly passing: boolean;
}

export function rowView(row: Row, place: RowPlace, ui: RowUi, context: PageContext): TemplateResult {
  return html`<article
    class="row row-${row.kind}"
    tabindex=${place.current ? '0' : '-1'}
    aria-posinset=${place.position}
    aria-setsize=${place.size}
    aria-label=${withHiddenMarked(rowLabel(row, context))}
  >
    ${place.day === undefined ? nothing : html`<div class="day"><span>${place.day}</span></div>`}
    ${guard([row, place.follows, place.passing, ui, context], () => rowBody(row, place, ui, context))}
  </article>`;
}

function rowBody(row: Row, place: RowPlace, ui: RowUi, context: PageContext): unknown {
  switch (row.kind) {
    case 'userMessage':
      return userMessage(row, context);
    case 'agentMessage':
      return agentMessage(row, place, context);
    case 'thinking':
      return thinkingView(row, ui, context);
    case 'tool':
      return toolView(row, ui, context);
    case 'notice':
      return noticeView(row, ui, context);
    case 'raw':
      return rawView(row, ui, context);
    default:
      return assertNever(row);
  }
}

/** Whether a row is a part of what the agent does, as a reader takes it in. */
export function isAgents(row: Row | undefined): boolean {
  return row?.kind === 'agentMessage' || row?.kind === 'thinking' || row?.kind === 'tool';
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
      return waitingLabel(row, context) ?? row.name;
    case 'notice':
      return noticeText(row, context);
    case 'raw':
      return fill(strings.unknownEvent, { type: row.type });
    default:
      return assertNever(row);
  }
}
