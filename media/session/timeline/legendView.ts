import { html, nothing, svg, type TemplateResult } from 'lit/html.js';
import { TIMELINE_TRACKS } from '../../../src/protocol/timelineMessages.ts';
import type { PageContext } from '../view/context.ts';
import type { Scene } from './scene.ts';

/** What the marks in the picture mean beyond their lane: each by its shape, and only those that there are. */
export function legendView({ lanes }: Scene, { strings }: PageContext): TemplateResult | typeof nothing {
  const texts = strings.timeline;
  const marks = lanes.flatMap((lane) => lane.marks.map(({ mark }) => mark));
  const failures = marks.some(({ failed, name }) => failed > 0 && name === null);
  const items = [
    marks.some(({ failed, name }) => failed > 0 && name !== null) &&
      item(
        svg`<g class="timeline-mark is-failed"><rect class="timeline-hull" x="1" y="4" width="18" height="10" rx="2" /><rect
          class="timeline-failure" fill="url(#timeline-hatch)" x="1" y="4" width="18" height="10" rx="2" /><path class="timeline-flag" d="M1 .5h7l-3.5 5.5z" /></g>`,
        texts.legendFailed,
      ),
    marks.some(({ to }) => to === null) &&
      item(
        svg`<g class="timeline-mark is-open"><rect class="timeline-hull" x="1" y="4" width="13" height="10" rx="2" /><path
          class="timeline-goes-on" d="M14 5l5 4l-5 4z" /></g>`,
        texts.legendOpen,
      ),
    marks.some(({ isCut }) => isCut) &&
      item(
        svg`<g class="timeline-mark is-cut"><rect class="timeline-hull" x="1" y="4" width="18" height="10" rx="2" /></g>`,
        texts.legendCut,
      ),
    marks.some(({ name, track }) => name === null && track < TIMELINE_TRACKS) &&
      item(
        svg`<g class="timeline-mark is-group"><rect class="timeline-hull" x="1" y="2" width="18" height="12" /><rect
          class="timeline-share" x="1" y="6" width="6" height="8" /><rect class="timeline-share" x="7" y="10" width="6" height="4" /><rect
          class="timeline-share" x="13" y="4" width="6" height="10" />${
            failures ? svg`<rect class="timeline-failures" x="7" y="2" width="6" height="4" />` : nothing
          }</g>`,
        failures ? texts.legendGroupFailed : texts.legendGroup,
      ),
    marks.some(({ track }) => track >= TIMELINE_TRACKS) &&
      item(
        svg`<g class="timeline-mark"><rect class="timeline-hull" x="1" y="6" width="4" height="6" /><rect
          class="timeline-hull" x="8" y="6" width="4" height="6" /><rect class="timeline-hull" x="15" y="6" width="4" height="6" /></g>`,
        texts.legendBeyond,
      ),
  ].filter((each) => each !== false);
  return items.length === 0
    ? nothing
    : html`<ul class="timeline-legend" aria-label=${texts.legend}>
        ${items}
      </ul>`;
}

function item(picture: TemplateResult, text: string): TemplateResult {
  return html`<li>
    <svg width="20" height="16" aria-hidden="true" focusable="false">${picture}</svg>${text}
  </li>`;
}
