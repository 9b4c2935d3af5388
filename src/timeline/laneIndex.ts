import { TIMELINE_TRACKS, type TimelineMark, type TimelineTokens } from '../protocol/timelineMessages.ts';
import { OPEN, type Segment } from './segment.ts';
import { added, NOTHING, placeAt, placeBehind, placeOf, SpanIndex, type Sum } from './spanIndex.ts';

/** A mark before it is known under which name the page knows its event. */
export type NamelessMark = Omit<TimelineMark, 'name'> & { readonly key: string | null };

/**
 * The segments of one lane. Those at the same time lie in tracks, each in the first that has room and stays
 * there while its time stays the same; beyond the last track they are kept together and only counted.
 *
 * Invariant: within a track no segment begins before the one before it has ended.
 */
export class LaneIndex {
  private readonly tracks: SpanIndex<Segment>[] = [];
  private readonly beyond = new SpanIndex<Segment>();
  private readonly trackOf = new Map<number, SpanIndex<Segment>>();

  get sum(): Sum {
    return this.all().reduce((sum, track) => added(sum, track.sum), NOTHING);
  }

  /** Tracks with something in them, and those before. */
  get height(): number {
    return this.tracks.findLastIndex(({ size }) => size > 0) + 1;
  }

  get isOverfull(): boolean {
    return this.beyond.size > 0;
  }

  /** When the first segment begins; infinity where there is none. */
  get start(): number {
    return Math.min(...this.all().map(({ first }) => first?.start ?? Number.POSITIVE_INFINITY));
  }

  /** What the work is counted by. */
  get visits(): number {
    return this.all().reduce((sum, { visits }) => sum + visits, 0);
  }

  add(segment: Segment): void {
    const track = this.roomFor(segment);
    track.insert(segment);
    this.trackOf.set(segment.order, track);
  }

  remove(segment: Segment): void {
    this.trackOf.get(segment.order)?.remove(segment);
    this.trackOf.delete(segment.order);
  }

  /** Another state of a segment: where only its end has come, it stays in its track. */
  replace(before: Segment, after: Segment): void {
    const track = this.trackOf.get(before.order);
    this.remove(before);
    if (track !== undefined && track !== this.beyond && isFree(track, after)) {
      track.insert(after);
      this.trackOf.set(after.order, track);
    } else {
      this.add(after);
    }
  }

  /**
   * What can be told apart between two moments: segments of at least `grain` milliseconds one by one, those
   * shorter together with their neighbours in the same grain. Costs what it answers, not what is held.
   * @param grain at least 1.
   * @returns undefined where it would be more than `limit`.
   */
  marks(from: number, to: number, grain: number, limit: number): NamelessMark[] | undefined {
    const marks: NamelessMark[] = [];
    for (const [number, track] of this.tracks.entries()) {
      if (!collect(track, track.firstEndingAfter(from - 1), { number, to, grain, limit }, marks)) {
        return undefined;
      }
    }
    // Those beyond the tracks overlap each other in any way; they are counted where they begin.
    const first = this.beyond.firstFrom(placeAt(from));
    return collect(this.beyond, first, { number: TIMELINE_TRACKS, to, grain, limit }, marks)
      ? marks
      : undefined;
  }

  private all(): readonly SpanIndex<Segment>[] {
    return [...this.tracks, this.beyond];
  }

  private roomFor(segment: Segment): SpanIndex<Segment> {
    const free = this.tracks.find((track) => isFree(track, segment));
    if (free !== undefined) {
      return free;
    }
    if (this.tracks.length === TIMELINE_TRACKS) {
      return this.beyond;
    }
    const track = new SpanIndex<Segment>();
    this.tracks.push(track);
    return track;
  }
}

function isFree(track: SpanIndex<Segment>, { start, end }: Segment): boolean {
  const next = track.firstEndingAfter(start);
  return next === undefined || next.start >= end;
}

interface Stretch {
  readonly number: number;
  readonly to: number;
  readonly grain: number;
  readonly limit: number;
}

/** @returns false where there is no room for more marks. */
function collect(
  track: SpanIndex<Segment>,
  first: Segment | undefined,
  { number, to, grain, limit }: Stretch,
  marks: NamelessMark[],
): boolean {
  const isBeyond = number === TIMELINE_TRACKS;
  let segment = first;
  while (segment !== undefined && segment.start <= to) {
    if (marks.length >= limit) {
      return false;
    }
    if (!isBeyond && segment.end - segment.start >= grain) {
      marks.push(single(segment, number));
      segment = track.firstFrom(placeBehind(segment));
      continue;
    }
    // Grains lie at the same places whatever is asked for, so that nothing flickers when the window moves.
    const edge = placeAt((Math.floor(segment.start / grain) + 1) * grain);
    const long = isBeyond ? undefined : track.firstLong(placeOf(segment), grain);
    const end = long !== undefined && long.start < edge.start ? placeOf(long) : edge;
    const sum = track.sumOf(placeOf(segment), end);
    marks.push(sum.size === 1 ? single(segment, number) : group(segment, sum, number));
    segment = track.firstFrom(end);
  }
  return true;
}

function single(segment: Segment, track: number): NamelessMark {
  const isOpen = segment.end === OPEN;
  return {
    track,
    from: segment.start,
    to: isOpen ? null : segment.end,
    count: segment.counts ? 1 : 0,
    key: segment.key,
    label: segment.label,
    busy: isOpen ? 0 : segment.end - segment.start,
    failed: segment.isFailed ? 1 : 0,
    isCut: segment.isCut,
    tokens: segment.tokens,
  };
}

function group(first: Segment, sum: Sum, track: number): NamelessMark {
  return {
    track,
    from: first.start,
    to: sum.open > 0 ? null : sum.lastEnd,
    count: sum.count,
    key: null,
    label: '',
    busy: sum.busy,
    failed: sum.failed,
    isCut: false,
    tokens: tokensOf(sum),
  };
}

/** The tokens of several spans; null where there are none. */
export function tokensOf({ input, output, cacheRead, cacheWrite }: Sum): TimelineTokens | null {
  return input + output + cacheRead + cacheWrite === 0 ? null : { input, output, cacheRead, cacheWrite };
}
