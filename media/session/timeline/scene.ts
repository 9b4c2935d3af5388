import {
  TIMELINE_TRACKS,
  type TimelineLane,
  type TimelineMark,
} from '../../../src/protocol/timelineMessages.ts';
import { type Axis, axisOf } from './ticks.ts';
import type { LaneMarks } from './timelineStore.ts';
import type { Stretch } from './timeWindow.ts';

/** A mark and where it is drawn, in pixels. */
export interface DrawnMark {
  readonly mark: TimelineMark;
  readonly lane: TimelineLane;
  readonly x: number;
  readonly width: number;
  readonly y: number;
  readonly height: number;
  /** It goes on beyond this edge of the picture. */
  readonly isCutLeft: boolean;
  readonly isCutRight: boolean;
}

export interface DrawnLane {
  readonly lane: TimelineLane;
  readonly y: number;
  readonly height: number;
  /** Where its name is written. */
  readonly labelY: number;
  readonly marks: readonly DrawnMark[];
}

/** Everything that the picture shows, and where. */
export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly plotX: number;
  readonly plotWidth: number;
  readonly axisY: number;
  readonly stretch: Stretch;
  readonly lanes: readonly DrawnLane[];
  readonly axis: Axis;
  /** Where now is, while something goes on and it is in the picture. */
  readonly nowX: number | undefined;
}

const GUTTER = 128;
const RIGHT = 14;
const TRACK = 18;
const GAP = 3;
const PAD = 7;
const LABEL = 18;
const BEYOND = 7;
const AXIS = 26;
const IDLE = 8;
/** Below this width the names of the lanes stand above them. */
const NARROW = 560;
/** What a mark is at least wide. */
const LEAST = 2.5;

export interface SceneFacts {
  readonly width: number;
  readonly lanes: readonly LaneMarks[];
  readonly stretch: Stretch;
  /** Where what goes on is drawn to. */
  readonly end: number;
  readonly isLive: boolean;
  /** Room that a label of the axis takes, in pixels. */
  readonly tickWidth: (most: number) => number;
}

/** The part of the picture's width that shows time. */
export function plotOf(width: number): { readonly x: number; readonly width: number } {
  const x = width < NARROW ? 6 : GUTTER;
  return { x, width: Math.max(40, width - x - RIGHT) };
}

export function sceneOf({ width, lanes, stretch, end, isLive, tickWidth }: SceneFacts): Scene {
  const plot = plotOf(width);
  const isNarrow = width < NARROW;
  const xOf = (time: number) => plot.x + ((time - stretch.from) / (stretch.to - stretch.from)) * plot.width;
  const drawn: DrawnLane[] = [];
  let y = 4;
  for (const lane of lanes) {
    const top = y + (isNarrow ? LABEL : PAD);
    const track = lane.lane === 'idle' ? IDLE : TRACK;
    const rows = Math.max(1, lane.tracks);
    const bottom = top + rows * (track + GAP) - GAP + (lane.isOverfull ? GAP + BEYOND : 0);
    const labelY = isNarrow ? y + 13 : top + track / 2 + 4;
    const place = { top, track, xOf, plot, end };
    drawn.push({ lane: lane.lane, y, height: bottom + PAD - y, labelY, marks: drawnMarks(lane, place) });
    y = bottom + PAD;
  }
  const now = xOf(end);
  return {
    width,
    height: y + AXIS,
    plotX: plot.x,
    plotWidth: plot.width,
    axisY: y,
    stretch,
    lanes: drawn,
    axis: axisWithRoom(stretch, plot.width, tickWidth),
    nowX: isLive && now >= plot.x && now <= plot.x + plot.width + 1 ? now : undefined,
  };
}

/** As many ticks as have room: finer ticks need wider labels. */
function axisWithRoom(stretch: Stretch, width: number, tickWidth: (most: number) => number): Axis {
  let most = Math.max(1, Math.floor(width / 70));
  while (most > 1 && most * tickWidth(most) > width) {
    most--;
  }
  return axisOf(stretch, most);
}

interface Place {
  readonly top: number;
  readonly track: number;
  readonly xOf: (time: number) => number;
  readonly plot: { readonly x: number; readonly width: number };
  readonly end: number;
}

function drawnMarks({ lane, marks, tracks }: LaneMarks, place: Place): readonly DrawnMark[] {
  const { top, track, xOf, plot, end } = place;
  const right = plot.x + plot.width;
  const drawn: DrawnMark[] = [];
  for (const [index, mark] of marks.entries()) {
    const isBeyond = mark.track >= TIMELINE_TRACKS;
    const from = xOf(mark.from);
    const to = Math.max(from, xOf(mark.to ?? Math.max(end, mark.from)));
    if (to < plot.x || from > right) {
      continue;
    }
    const next = marks[index + 1];
    // What is too short to be seen is drawn wider, as far as the next one leaves room.
    const room = next?.track === mark.track ? xOf(next.from) - 0.5 : Infinity;
    const x = Math.max(from, plot.x);
    const edge = Math.max(to - 0.5, Math.min(x + LEAST, room));
    drawn.push({
      mark,
      lane,
      x,
      width: Math.max(1, Math.min(edge, right + 2) - x),
      y: top + (isBeyond ? tracks : mark.track) * (track + GAP),
      height: isBeyond ? BEYOND : track,
      isCutLeft: from < plot.x,
      isCutRight: to > right + 2,
    });
  }
  return drawn;
}
