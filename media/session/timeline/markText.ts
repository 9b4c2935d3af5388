import {
  TIMELINE_TRACKS,
  type TimelineLane,
  type TimelineMark,
  type TimelineTokens,
} from '../../../src/protocol/timelineMessages.ts';
import { withHiddenMarked } from '../../../src/util/hiddenCharacters.ts';
import { fill } from '../fill.ts';
import type { LogFormat } from '../log/logFormat.ts';
import type { PageContext } from '../view/context.ts';

/** How the timeline writes times. */
export interface MarkFormat {
  /** To the millisecond, and how long something took. */
  readonly exact: LogFormat;
  /** The end of what goes on. */
  readonly now: number;
  /** The beginning of the session. */
  readonly start: number;
}

/** What a mark is: the name of its tool or thread, or of its lane. */
export function titleOf(lane: TimelineLane, mark: TimelineMark, { strings, format }: PageContext): string {
  const texts = strings.timeline;
  if (mark.name !== null || mark.count <= 1) {
    return withHiddenMarked(mark.label) || texts.one[lane];
  }
  const text = mark.track >= TIMELINE_TRACKS ? texts.beyond : texts.together;
  return fill(text, { count: format.number(mark.count), busy: format.duration(mark.busy) });
}

/** "12:02:31.204 – 12:02:36.831" */
export function timesOf(mark: TimelineMark, { exact }: MarkFormat, context: PageContext): string {
  const { strings } = context;
  return mark.to === mark.from
    ? exact.time(mark.from)
    : fill(strings.timeline.range, {
        from: exact.time(mark.from),
        to: mark.to === null ? strings.timeline.open : exact.time(mark.to),
      });
}

/** How long it took, or takes by now. */
export function lengthOf(mark: TimelineMark, { exact, now }: MarkFormat): string {
  return exact.gap(Math.max(0, (mark.to ?? now) - mark.from));
}

/** What became of it, as far as that is worth a word. */
export function stateOf(mark: TimelineMark, { strings, format }: PageContext): readonly string[] {
  const texts = strings.timeline;
  const isOne = mark.name !== null;
  return [
    ...(mark.failed === 0
      ? []
      : [isOne ? texts.failed : fill(texts.failedOf, { failed: format.number(mark.failed) })]),
    ...(mark.to === null ? [texts.open] : []),
    ...(mark.isCut ? [texts.cut] : []),
  ];
}

/** "14,211 tokens in · 318 out · 9,000 from the cache" */
export function tokensText(
  tokens: TimelineTokens | null,
  { strings, format }: PageContext,
): readonly string[] {
  if (tokens === null) {
    return [];
  }
  const texts = strings.timeline;
  const part = (text: string, count: number) => fill(text, { count: format.number(count) });
  return [
    part(texts.tokensIn, tokens.input),
    part(texts.tokensOut, tokens.output),
    ...(tokens.cacheRead > 0 ? [part(texts.tokensRead, tokens.cacheRead)] : []),
    ...(tokens.cacheWrite > 0 ? [part(texts.tokensWritten, tokens.cacheWrite)] : []),
  ];
}

/** All about a mark in one line, for whoever hears it. */
export function spokenMark(
  lane: TimelineLane,
  mark: TimelineMark,
  format: MarkFormat,
  context: PageContext,
): string {
  const title = titleOf(lane, mark, context);
  const name = context.strings.timeline.lanes[lane];
  return [
    ...(mark.label === '' && mark.name !== null ? [title] : [name, title]),
    timesOf(mark, format, context),
    lengthOf(mark, format),
    ...stateOf(mark, context),
    ...tokensText(mark.tokens, context),
  ].join(', ');
}
