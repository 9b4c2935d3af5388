import { html, nothing, type TemplateResult } from 'lit/html.js';
import { fill } from '../fill.ts';
import type { PageContext } from '../view/context.ts';
import { lengthOf, type MarkFormat, stateOf, timesOf, titleOf, tokensText } from './markText.ts';
import type { TimelineController } from './timelineController.ts';

/** All about the mark under the pointer or the keyboard; always equally high, so that nothing jumps. */
export function markDetailView(
  timeline: TimelineController,
  format: MarkFormat,
  context: PageContext,
): TemplateResult {
  const texts = context.strings.timeline;
  const { hovered, selection } = timeline;
  const shown = hovered ?? (selection.isMarked ? selection.current : undefined);
  if (shown === undefined) {
    return html`<div class="timeline-detail"><p class="timeline-hint">${texts.hint}</p></div>`;
  }
  const { lane, mark } = shown;
  const title = titleOf(lane, mark, context);
  const { name } = mark;
  const since = fill(texts.sinceStart, { time: format.exact.gap(Math.max(0, mark.from - format.start)) });
  const facts = [...stateOf(mark, context), ...tokensText(mark.tokens, context)];
  return html`<div class="timeline-detail lane-${lane}">
    <p class="timeline-what">
      <span class="timeline-swatch" aria-hidden="true"></span><b>${title}</b>
      ${mark.label === '' && name !== null ? nothing : html`<span>${texts.lanes[lane]}</span>`}
    </p>
    <p class="timeline-when">
      ${timesOf(mark, format, context)} <b>${lengthOf(mark, format)}</b> <span>${since}</span>
    </p>
    <p class="timeline-facts">${facts.join(' · ')}</p>
    ${
      hovered !== undefined && hovered.mark !== selection.current?.mark
        ? nothing
        : html`<div class="timeline-actions">
            ${
              name === null
                ? link(texts.zoomToThis, () => timeline.zoomTo(mark))
                : html`${link(texts.showInConversation, () => timeline.open(shown))}
                  ${link(texts.showInEvents, () => timeline.showInLog(name))}`
            }
          </div>`
    }
  </div>`;
}

function link(text: string, press: () => void): TemplateResult {
  return html`<button type="button" class="link" @click=${press}>${text}</button>`;
}
