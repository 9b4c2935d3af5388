import { html, nothing, type TemplateResult } from 'lit/html.js';
import { fill } from '../fill.ts';
import type { PageContext } from '../view/context.ts';
import type { AxisFormat } from './axisFormat.ts';
import type { TimelineController } from './timelineController.ts';

const STEP = 1.6;

/** Zoom, place, and picture or table; and the part of time that shows. */
export function toolbarView(
  timeline: TimelineController,
  axis: AxisFormat,
  context: PageContext,
): TemplateResult {
  const texts = context.strings.timeline;
  const { extent, window, isTable, follows } = timeline;
  const { from, to } = timeline.stretch;
  const isAll = window.at === 'all';
  const isOneDay = new Date(from).toDateString() === new Date(to).toDateString();
  return html`<div class="timeline-bar">
    <div class="timeline-tools" role="toolbar" aria-label=${texts.tools.label}>
      ${button('−', texts.tools.zoomOut, isAll, () => timeline.zoom(STEP))}
      ${button('+', texts.tools.zoomIn, false, () => timeline.zoom(1 / STEP))}
      ${button('‹', texts.tools.earlier, isAll || from <= extent.from, () => timeline.move(-0.5))}
      ${button('›', texts.tools.later, isAll || to >= extent.to, () => timeline.move(0.5))}
      <button
        type="button"
        class="timeline-tool is-worded"
        aria-disabled=${isAll}
        @click=${() => isAll || timeline.showAll()}
      >
        ${texts.tools.all}
      </button>
      ${
        extent.isLive && !follows
          ? html`<button type="button" class="timeline-tool is-worded" @click=${timeline.followEnd}>
              ${texts.tools.follow}
            </button>`
          : nothing
      }
      <button
        type="button"
        class="timeline-tool is-worded"
        aria-pressed=${isTable}
        @click=${timeline.toggleTable}
      >
        ${texts.tools.asTable}
      </button>
    </div>
    <span class="timeline-range"
      >${fill(texts.range, { from: axis.moment(from), to: isOneDay ? axis.time(to) : axis.moment(to) })}
      <span class="timeline-length">· ${context.format.duration(to - from)}</span></span
    >
  </div>`;
}

function button(sign: string, name: string, isOff: boolean, press: () => void): TemplateResult {
  // One that does nothing now keeps the keyboard: it would be lost with the button.
  return html`<button
    type="button"
    class="timeline-tool"
    title=${name}
    aria-label=${name}
    aria-disabled=${isOff}
    @click=${() => isOff || press()}
  >
    ${sign}
  </button>`;
}
