import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { TimelineHostMessage } from '../../../src/protocol/timelineMessages.ts';
import { fill } from '../fill.ts';
import { createLogFormat, type LogFormat } from '../log/logFormat.ts';
import type { PageContext } from '../view/context.ts';
import { icon } from '../view/icon.ts';
import { type AxisFormat, createAxisFormat } from './axisFormat.ts';
import { ChartPointer } from './chartPointer.ts';
import { chartView } from './chartView.ts';
import { legendView } from './legendView.ts';
import { markDetailView } from './markDetailView.ts';
import type { MarkFormat } from './markText.ts';
import { sceneOf } from './scene.ts';
import { tableView } from './tableView.ts';
import { textWidth } from './textWidth.ts';
import { axisOf } from './ticks.ts';
import { TimelineController } from './timelineController.ts';
import { type KeptTimeline, readTimeline, type TimelinePorts } from './timelinePorts.ts';
import { toolbarView } from './toolbarView.ts';
import { totalsView } from './totalsView.ts';

interface Formats {
  readonly locale: string;
  readonly exact: LogFormat;
  readonly axis: AxisFormat;
}

/** Room between two labels of the axis, in pixels. */
const BETWEEN = 18;

/** The timeline as the page sees it. Loaded when somebody first looks at it. */
export class TimelinePanel {
  private readonly ports: TimelinePorts;
  private readonly timeline: TimelineController;
  private readonly pointer: ChartPointer;
  private readonly sizes = new ResizeObserver(() => this.ports.changed());
  private formats: Formats | undefined;

  /** @param kept whatever was kept over a reload. */
  constructor(ports: TimelinePorts, kept: unknown) {
    this.ports = ports;
    this.timeline = new TimelineController(ports, readTimeline(kept));
    this.pointer = new ChartPointer(this.timeline, ports.changed);
  }

  get kept(): KeptTimeline {
    return this.timeline.kept;
  }

  show(): void {
    this.timeline.show();
  }

  hide(): void {
    this.sizes.disconnect();
    this.timeline.hide();
  }

  reopen(): void {
    this.timeline.reopen();
  }

  receive(message: Extract<TimelineHostMessage, { type: 'timeline' }>): void {
    this.timeline.receive(message);
  }

  /** Before drawing. */
  prepare(): void {
    this.timeline.prepare();
  }

  /** After drawing. */
  settle(): void {
    const box = this.ports.root.querySelector('.timeline');
    if (box !== null) {
      this.sizes.observe(box);
    }
    this.timeline.settle();
  }

  view(context: PageContext): TemplateResult {
    const { timeline, ports } = this;
    const { answer, lanes } = timeline.store;
    if (answer === undefined) {
      return html`<div class="timeline"></div>`;
    }
    if (answer.domain === null || lanes.length === 0) {
      return emptyView(answer.untimed > 0 && answer.domain === null, context);
    }
    const { exact, axis } = this.formatsFor(context);
    const { extent } = timeline;
    const format: MarkFormat = { exact, now: extent.to, start: extent.from };
    return html`<div class="timeline">
      ${totalsView(timeline, ports.header(), context)} ${toolbarView(timeline, axis, context)}
      <p class="sr-only" id="timeline-keys">${context.strings.timeline.keys}</p>
      ${timeline.isTable ? tableView(timeline, axis, format, context) : this.picture(axis, format, context)}
      ${notesView(answer.untimed, answer.disordered, context)}
    </div>`;
  }

  private picture(axis: AxisFormat, format: MarkFormat, context: PageContext): TemplateResult {
    const { timeline, pointer } = this;
    const { stretch, extent } = timeline;
    const scene = sceneOf({
      width: timeline.width,
      lanes: timeline.store.lanes,
      stretch,
      end: extent.to,
      isLive: extent.isLive,
      tickWidth: (most) => textWidth(axis.label(stretch.from, axisOf(stretch, most).precision)) + BETWEEN,
    });
    pointer.use(scene);
    return html`${chartView(timeline, pointer, { scene, axis, format }, context)}
    ${markDetailView(timeline, format, context)} ${legendView(scene, context)}`;
  }

  private formatsFor(context: PageContext): Formats {
    const locale = document.documentElement.lang;
    if (this.formats?.locale !== locale) {
      const exact = createLogFormat(locale, (ms) => context.format.duration(ms));
      this.formats = { locale, exact, axis: createAxisFormat(locale) };
    }
    return this.formats;
  }
}

function emptyView(hasNoTimes: boolean, { strings }: PageContext): TemplateResult {
  const texts = strings.timeline;
  return html`<div class="timeline timeline-focus" tabindex="-1">
    <div class="empty">
      ${icon('history')}
      <p>${hasNoTimes ? texts.noTimes : texts.empty}</p>
    </div>
  </div>`;
}

/** What the picture does not show, and why. */
function notesView(
  untimed: number,
  disordered: number,
  { strings, format }: PageContext,
): TemplateResult | typeof nothing {
  const texts = strings.timeline;
  const notes = [
    ...(untimed > 0 ? [fill(texts.untimed, { count: format.number(untimed) })] : []),
    ...(disordered > 0 ? [fill(texts.disordered, { count: format.number(disordered) })] : []),
  ];
  return notes.length === 0
    ? nothing
    : html`${notes.map((note) => html`<p class="timeline-note">${icon('info')}<span>${note}</span></p>`)}`;
}
