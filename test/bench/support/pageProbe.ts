/** A frame of the page that was painted with something new in it. */
export interface PaintedMark {
  readonly mark: number;
  readonly at: number;
}

/** What the probe in a webview saw. Moments are wall clock milliseconds, to a fraction of one. */
export interface ProbeSeen {
  /** Messages from the host with the numbers of the newest events in them. */
  readonly arrivals: readonly PaintedMark[];
  readonly paints: readonly PaintedMark[];
  /** When the page was first painted with the keyboard in its composer. */
  readonly composerAt: number | undefined;
  /** From key press to the paint of what it wrote. */
  readonly keys: readonly number[];
  readonly longTasks: readonly number[];
  readonly messages: number;
  /** Size of everything that the host posted, as JSON. */
  readonly bytes: number;
  /** Timers that went off and frames that were drawn because the page asked for them. */
  readonly wakeUps: number;
  /** Between two frames, the median. */
  readonly frameMs: number;
}

declare global {
  interface Window {
    benchProbe?: { take(): ProbeSeen };
  }
}

/**
 * Runs in every new frame before its scripts; looks only at webviews. It listens, looks at the last row once per
 * frame, and takes the time in a task behind the frame's paint.
 */
export function installProbe(): void {
  // The document of a webview is a frame inside of the editor's own frame for webviews.
  if (window.parent === window || !window.parent.location.pathname.includes('/webview/browser/pre/')) {
    return;
  }
  const wall = (() => {
    let offset = Number.NEGATIVE_INFINITY;
    const until = performance.now() + 5;
    while (performance.now() < until) {
      offset = Math.max(offset, Date.now() - performance.now());
    }
    return () => performance.now() + offset;
  })();
  const newestMark = (text: string) => {
    const at = text.lastIndexOf('mark-');
    return at < 0 ? undefined : Number.parseInt(text.slice(at + 5), 10);
  };

  let seen = empty();
  function empty() {
    return {
      arrivals: [] as PaintedMark[],
      paints: [] as PaintedMark[],
      composerAt: undefined as number | undefined,
      keys: [] as number[],
      longTasks: [] as number[],
      messages: 0,
      wakeUps: 0,
      bytes: 0,
      frames: [] as number[],
    };
  }
  const ownFrame = window.requestAnimationFrame.bind(window);
  // What the page asks to be called for is counted; the probe's own frames are not.
  for (const name of ['requestAnimationFrame', 'setTimeout', 'setInterval'] as const) {
    const real: unknown = Reflect.get(window, name);
    window[name] = new Proxy(real as () => void, {
      apply(ask, _self, [callback, ...rest]: [(...args: unknown[]) => void, ...unknown[]]) {
        const counted = (...args: unknown[]) => {
          seen.wakeUps += 1;
          callback(...args);
        };
        return Reflect.apply(ask, window, [counted, ...rest]) as number;
      },
    }) as never;
  }

  let painted = -1;
  let lastFrame = 0;
  let pressed: number[] = [];

  const onMessage = ({ data }: MessageEvent<unknown>) => {
    const at = wall();
    const text = JSON.stringify([data]);
    seen.messages += 1;
    seen.bytes += text.length;
    const mark = newestMark(text);
    if (mark !== undefined) {
      seen.arrivals.push({ mark, at });
    }
  };
  // The document is opened anew by the editor, which takes listeners and frames away; whoever listens brings
  // them back.
  let loop = 0;
  const listen = window.addEventListener.bind(window);
  window.addEventListener = (...args: Parameters<typeof listen>) => {
    listen('message', onMessage);
    listen('input', onInput, true);
    listen(...args);
    const mine = (loop += 1);
    ownFrame((time) => onFrame(time, mine));
  };
  const onInput = (event: Event) => pressed.push(event.timeStamp);

  const behindPaint = new MessageChannel();
  behindPaint.port1.onmessage = () => {
    const at = wall();
    const row = document.querySelector('[role=feed], [data-rows]')?.lastElementChild;
    const mark = row ? newestMark(row.textContent) : undefined;
    if (mark !== undefined && mark !== painted) {
      painted = mark;
      seen.paints.push({ mark, at });
    }
    if (seen.composerAt === undefined && document.activeElement?.matches('.composer-text') === true) {
      seen.composerAt = at;
    }
    for (const pressedAt of keysOfFrame) {
      seen.keys.push(performance.now() - pressedAt);
    }
    keysOfFrame = [];
  };
  let keysOfFrame: number[] = [];
  const onFrame = (time: number, of: number) => {
    if (of !== loop) {
      return;
    }
    seen.frames.push(time - lastFrame);
    lastFrame = time;
    keysOfFrame.push(...pressed);
    pressed = [];
    behindPaint.port2.postMessage(0);
    ownFrame((next) => onFrame(next, of));
  };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (entry.name === 'self') {
        seen.longTasks.push(entry.duration);
      }
    }
  }).observe({ type: 'longtask', buffered: true });

  window.benchProbe = {
    take() {
      const { frames, ...rest } = seen;
      const sorted = [...frames].sort((a, b) => a - b);
      seen = { ...empty(), composerAt: rest.composerAt };
      return { ...rest, frameMs: sorted[Math.floor(sorted.length / 2)] ?? 0 };
    },
  };
}
