import type { DrawnMark, Scene } from './scene.ts';
import type { TimelineController } from './timelineController.ts';

/** How far the pointer goes before it drags, in pixels. */
const SLOP = 4;
/** How strongly the wheel zooms: by this factor for each pixel it scrolls. */
const WHEEL = 1.002;
/** A line of the wheel, in pixels. */
const LINE = 16;

/** What the pointer does in the picture: it points, clicks, drags, and zooms by the wheel. */
export class ChartPointer {
  private readonly timeline: TimelineController;
  private readonly changed: () => void;
  private scene: Scene | undefined;
  private pressed: { readonly id: number; readonly x: number; last: number } | undefined;
  isDragging = false;

  constructor(timeline: TimelineController, changed: () => void) {
    this.timeline = timeline;
    this.changed = changed;
  }

  /** What is drawn now. */
  use(scene: Scene): void {
    this.scene = scene;
  }

  /** Without a key the wheel scrolls the page as ever; sideways it moves the picture. */
  readonly onWheel = {
    handleEvent: (event: WheelEvent): void => {
      const { scene } = this;
      if (scene === undefined) {
        return;
      }
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE : 1;
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        this.timeline.zoom(WHEEL ** (event.deltaY * unit), this.momentAt(event, scene));
        return;
      }
      const sideways = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX;
      if (Math.abs(sideways) > Math.abs(event.shiftKey ? 0 : event.deltaY)) {
        event.preventDefault();
        this.timeline.move((sideways * unit) / scene.plotWidth);
      }
    },
    passive: false,
  };

  readonly onDown = (event: PointerEvent): void => {
    if (event.button === 0) {
      this.pressed = { id: event.pointerId, x: event.clientX, last: event.clientX };
    }
  };

  readonly onMove = (event: PointerEvent): void => {
    const { pressed, scene } = this;
    if (pressed === undefined || scene === undefined || event.pointerId !== pressed.id) {
      const found = this.markAt(event);
      this.timeline.hover(found?.lane, found?.mark);
      return;
    }
    if (!this.isDragging && Math.abs(event.clientX - pressed.x) > SLOP) {
      this.isDragging = true;
      this.timeline.hover(undefined, undefined);
      if (event.currentTarget instanceof Element) {
        event.currentTarget.setPointerCapture(event.pointerId);
      }
    }
    if (this.isDragging) {
      this.timeline.move((pressed.last - event.clientX) / scene.plotWidth);
      pressed.last = event.clientX;
    }
  };

  readonly onUp = (event: PointerEvent): void => {
    const found = this.isDragging || this.pressed === undefined ? undefined : this.markAt(event);
    this.release();
    if (found !== undefined) {
      this.timeline.open(found);
    }
  };

  readonly onCancel = (): void => this.release();

  readonly onLeave = (): void => {
    if (!this.isDragging) {
      this.pressed = undefined;
      this.timeline.hover(undefined, undefined);
    }
  };

  private release(): void {
    this.pressed = undefined;
    if (this.isDragging) {
      this.isDragging = false;
      this.changed();
    }
  }

  private momentAt(event: MouseEvent, { plotX, plotWidth, stretch }: Scene): number {
    const left =
      event.currentTarget instanceof Element ? event.currentTarget.getBoundingClientRect().left : 0;
    const share = Math.min(1, Math.max(0, (event.clientX - left - plotX) / plotWidth));
    return stretch.from + share * (stretch.to - stretch.from);
  }

  /** The mark under the pointer, or right beside it: some are too narrow to hit. */
  private markAt(event: MouseEvent): DrawnMark | undefined {
    const { scene } = this;
    const box =
      event.currentTarget instanceof Element ? event.currentTarget.getBoundingClientRect() : undefined;
    if (scene === undefined || box === undefined) {
      return undefined;
    }
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    let best: { readonly drawn: DrawnMark; readonly distance: number } | undefined;
    for (const lane of scene.lanes) {
      if (y < lane.y || y > lane.y + lane.height) {
        continue;
      }
      for (const drawn of lane.marks) {
        const distance = Math.max(drawn.x - x, x - drawn.x - drawn.width, 0);
        const isInRow = y >= drawn.y - 2 && y <= drawn.y + drawn.height + 2;
        if (isInRow && distance <= 3 && (best === undefined || distance < best.distance)) {
          best = { drawn, distance };
        }
      }
    }
    return best?.drawn;
  }
}
