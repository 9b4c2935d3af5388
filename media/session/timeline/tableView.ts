import { html, nothing, type TemplateResult } from 'lit/html.js';
import { fill } from '../fill.ts';
import type { PageContext } from '../view/context.ts';
import type { AxisFormat } from './axisFormat.ts';
import { lengthOf, type MarkFormat, stateOf, titleOf } from './markText.ts';
import type { TimelineController } from './timelineController.ts';
import type { Selected } from './timelineSelection.ts';

/** Most rows of the table; zooming in shows what lies beyond. */
const MAX_ROWS = 200;

/** What the picture shows, as a table: the same marks of the same stretch of time, in the order of their starts. */
export function tableView(
  timeline: TimelineController,
  axis: AxisFormat,
  format: MarkFormat,
  context: PageContext,
): TemplateResult {
  const { strings } = context;
  const texts = strings.timeline;
  const { from, to } = timeline.stretch;
  const rows = timeline.store.lanes
    .flatMap(({ lane, marks }) => marks.map((mark): Selected => ({ lane, mark })))
    .filter(({ mark }) => mark.from <= to && (mark.to ?? Infinity) >= from)
    .sort((one, other) => one.mark.from - other.mark.from || one.mark.track - other.mark.track);
  const more = rows.length - MAX_ROWS;
  return html`<div
    class="timeline-table-box timeline-focus"
    tabindex="0"
    role="group"
    aria-label=${texts.label}
  >
    <table class="timeline-table">
      <caption class="sr-only">
        ${fill(texts.table, { from: axis.moment(from), to: axis.moment(to) })}
      </caption>
      <thead>
        <tr>
          <th scope="col">${texts.columns.start}</th>
          <th scope="col">${texts.columns.lane}</th>
          <th scope="col">${texts.columns.what}</th>
          <th scope="col" class="is-number">${texts.columns.duration}</th>
          <th scope="col" class="is-number">${texts.columns.tokens}</th>
          <th scope="col">${texts.columns.state}</th>
        </tr>
      </thead>
      <tbody>
        ${rows.slice(0, MAX_ROWS).map((row) => rowView(row, timeline, format, context))}
      </tbody>
    </table>
    ${rows.length === 0 ? html`<p class="timeline-note">${texts.emptyHere}</p>` : nothing}
    ${
      more > 0
        ? html`<p class="timeline-note">${fill(texts.more, { count: context.format.number(more) })}</p>`
        : nothing
    }
  </div>`;
}

function rowView(
  row: Selected,
  timeline: TimelineController,
  format: MarkFormat,
  context: PageContext,
): TemplateResult {
  const { lane, mark } = row;
  const texts = context.strings.timeline;
  const { tokens } = mark;
  const name = texts.lanes[lane];
  const number = (value: number) => context.format.number(value);
  return html`<tr class="lane-${lane} ${mark.failed > 0 ? 'is-failed' : ''}">
    <td class="timeline-mono" title=${format.exact.full(mark.from)}>${format.exact.time(mark.from)}</td>
    <td><span class="timeline-swatch" aria-hidden="true"></span>${name}</td>
    <th scope="row">
      <button type="button" class="link" @click=${() => timeline.open(row)}>
        ${titleOf(lane, mark, context)}
      </button>
    </th>
    <td class="is-number">${lengthOf(mark, format)}</td>
    <td class="is-number">
      ${tokens === null ? '' : `${number(tokens.input + tokens.cacheRead + tokens.cacheWrite)} / ${number(tokens.output)}`}
    </td>
    <td>${stateOf(mark, context).join(', ')}</td>
  </tr>`;
}
