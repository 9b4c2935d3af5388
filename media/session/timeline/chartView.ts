import { html, nothing, svg, type TemplateResult } from 'lit/html.js';
import { keyed } from 'lit/directives/keyed.js';
import { TIMELINE_TRACKS } from '../../../src/protocol/timelineMessages.ts';
import { withHiddenMarked } from '../../../src/util/hiddenCharacters.ts';
import type { PageContext } from '../view/context.ts';
import type { AxisFormat } from './axisFormat.ts';
import type { ChartPointer } from './chartPointer.ts';
import { type MarkFormat, spokenMark } from './markText.ts';
import type { DrawnLane, DrawnMark, Scene } from './scene.ts';
import { fitting } from './textWidth.ts';
import type { TimelineController } from './timelineController.ts';

/** Narrower than this no name is written into a mark, in pixels. */
const LABELLED = 30;
/** On either side of a name in its mark. */
const INSET = 5;

export interface ChartFacts {
  readonly scene: Scene;
  readonly axis: AxisFormat;
  readonly format: MarkFormat;
}

/**
 * The picture, and what the keyboard and a screen reader have instead: one option at a time, the mark that the
 * keyboard is at. That keeps the page as small for them as it is for the eye.
 */
export function chartView(
  timeline: TimelineController,
  pointer: ChartPointer,
  { scene, axis, format }: ChartFacts,
  context: PageContext,
): TemplateResult {
  const texts = context.strings.timeline;
  const { current, place } = timeline.selection;
  return html`<div
    class="timeline-focus timeline-picture"
    role=${current === undefined ? 'group' : 'listbox'}
    tabindex="0"
    aria-label=${texts.label}
    aria-describedby="timeline-keys"
    aria-activedescendant=${current === undefined ? nothing : optionId(current.mark.from, place.index)}
    @keydown=${timeline.onKey}
    @wheel=${pointer.onWheel}
    @pointerdown=${pointer.onDown}
    @pointermove=${pointer.onMove}
    @pointerup=${pointer.onUp}
    @pointercancel=${pointer.onCancel}
    @pointerleave=${pointer.onLeave}
  >
    ${
      current === undefined
        ? nothing
        : // Another element for another mark: only then is it read.
          keyed(
            `${current.lane} ${current.mark.from} ${current.mark.track}`,
            html`<div
              class="sr-only"
              role="option"
              id=${optionId(current.mark.from, place.index)}
              aria-selected="true"
              aria-posinset=${place.index}
              aria-setsize=${place.size}
            >
              ${spokenMark(current.lane, current.mark, format, context)}
            </div>`,
          )
    }
    <svg
      class="timeline-svg ${pointer.isDragging ? 'is-dragging' : ''}"
      width=${scene.width}
      height=${scene.height}
      aria-hidden="true"
      focusable="false"
    >
      ${patterns} ${axisView(scene, axis)}
      ${scene.lanes.map((lane) => laneView(lane, scene, timeline, context))}
      ${
        scene.nowX === undefined
          ? nothing
          : svg`<line class="timeline-now" x1=${scene.nowX} x2=${scene.nowX} y1="2" y2=${scene.axisY} />`
      }
    </svg>
  </div>`;
}

const patterns = svg`<defs>
  <pattern id="timeline-hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
    <rect class="timeline-hatch" width="2" height="5" />
  </pattern>
</defs>`;

function axisView(scene: Scene, { label, widthOf }: AxisFormat): TemplateResult {
  const { stretch, plotX, plotWidth, axisY, axis } = scene;
  const right = plotX + plotWidth;
  return svg`<g class="timeline-axis">
    <line class="timeline-base" x1=${plotX} x2=${right} y1=${axisY + 0.5} y2=${axisY + 0.5} />
    ${axis.ticks.map((tick) => {
      const x = Math.round(plotX + ((tick - stretch.from) / (stretch.to - stretch.from)) * plotWidth) + 0.5;
      const text = label(tick, axis.precision);
      const half = widthOf(text) / 2;
      // A label that would be cut off at an edge stands beside its line.
      const anchor = x - half < 0 ? 'start' : x + half > scene.width ? 'end' : 'middle';
      return svg`<line x1=${x} x2=${x} y1="2" y2=${axisY + 4} /><text
        x=${x} y=${axisY + 18} text-anchor=${anchor}>${text}</text>`;
    })}
  </g>`;
}

function laneView(
  { lane, y, height, labelY, marks }: DrawnLane,
  scene: Scene,
  timeline: TimelineController,
  context: PageContext,
): TemplateResult {
  const { selection, hovered } = timeline;
  const selected = selection.isMarked ? selection.current?.mark : undefined;
  const rule = y + height + 0.5;
  return svg`<g class="timeline-lane lane-${lane}">
    <line class="timeline-rule" x1="0" x2=${scene.width} y1=${rule} y2=${rule} />
    <text class="timeline-name" x="6" y=${labelY}>${context.strings.timeline.lanes[lane]}</text>
    ${groupsView(marks)}
    ${marks.filter(isSingle).map((drawn) => markView(drawn))}
    ${marks.map((drawn) =>
      drawn.mark === selected || drawn.mark === hovered?.mark
        ? frameView(drawn, drawn.mark === selected ? 'is-selected' : 'is-hovered')
        : nothing,
    )}
  </g>`;
}

function isSingle({ mark }: DrawnMark): boolean {
  return mark.name !== null;
}

/**
 * The groups of a lane as three shapes, however many there are: their ground, from below how much of the time
 * their spans take, and from above how many of them failed.
 */
function groupsView(marks: readonly DrawnMark[]): TemplateResult | typeof nothing {
  const groups = marks.filter((drawn) => !isSingle(drawn));
  if (groups.length === 0) {
    return nothing;
  }
  const grounds: string[] = [];
  const shares: string[] = [];
  const failures: string[] = [];
  for (const { mark, x, y, width, height } of groups) {
    grounds.push(box(x, y, width, height));
    if (mark.track < TIMELINE_TRACKS) {
      const length = Math.max(1, (mark.to ?? mark.from) - mark.from);
      const share = Math.max(1.5, Math.min(1, mark.busy / length) * height);
      shares.push(box(x, y + height - share, width, share));
    }
    if (mark.failed > 0) {
      failures.push(box(x, y, width, Math.max(2, Math.min(1, mark.failed / mark.count) * height)));
    }
  }
  return svg`<g class="is-group">
    <path class="timeline-hull" d=${grounds.join('')} />
    <path class="timeline-share" d=${shares.join('')} />
    <path class="timeline-failures" d=${failures.join('')} />
  </g>`;
}

function box(x: number, y: number, width: number, height: number): string {
  const round = (value: number) => Math.round(value * 100) / 100;
  return `M${round(x)} ${round(y)}h${round(width)}v${round(height)}h${round(-width)}z`;
}

/** What shows which mark the pointer or the keyboard is at. */
function frameView({ x, y, width, height }: DrawnMark, state: string): TemplateResult {
  return svg`<rect class="timeline-frame ${state}"
    x=${x - 1.5} y=${y - 1.5} width=${width + 3} height=${height + 3} rx="4" />`;
}

function markView(drawn: DrawnMark): TemplateResult {
  const { mark, x, y, width, height } = drawn;
  const isFailed = mark.failed > 0;
  const isOpen = mark.to === null;
  const round = Math.min(3, width / 2);
  return svg`<g class="timeline-mark ${isFailed ? 'is-failed' : ''} ${isOpen ? 'is-open' : ''} ${mark.isCut ? 'is-cut' : ''}">
    <rect class="timeline-hull" x=${x} y=${y} width=${width} height=${height} rx=${round} />
    ${
      isFailed
        ? svg`<rect class="timeline-failure" fill="url(#timeline-hatch)" x=${x} y=${y} width=${width} height=${height} rx=${round} /><path
            class="timeline-flag" d="M${x} ${y - 3.5}h7l-3.5 5.5z" />`
        : nothing
    }
    ${
      isOpen && !drawn.isCutRight
        ? svg`<path class="timeline-goes-on" d="M${x + width} ${y + height / 2 - 4}l5 4l-5 4z" />`
        : nothing
    }
    ${nameView(drawn)}
  </g>`;
}

function nameView({ mark, x, y, width, height }: DrawnMark): TemplateResult | typeof nothing {
  if (mark.label === '' || width < LABELLED || height < 14) {
    return nothing;
  }
  const text = fitting(withHiddenMarked(mark.label), width - 2 * INSET);
  return text === ''
    ? nothing
    : svg`<text class="timeline-text" x=${x + INSET} y=${y + height / 2 + 4}>${text}</text>`;
}

function optionId(from: number, index: number): string {
  return `timeline-${from}-${index}`;
}
