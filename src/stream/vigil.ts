import type { Clock } from '../util/clock.ts';
import type { Disposable } from '../util/disposable.ts';
import { Alarm } from './alarm.ts';
import { Heartbeat } from './heartbeat.ts';

/** History is read again this often while the agent works. */
const WHILE_RUNNING_MS = 20_000;
/** A stream that is this quiet while the agent works may belong to a server that sends no status events. */
const QUIET_TURN_MS = 10_000;
const NEVER = Number.POSITIVE_INFINITY;

export interface VigilOptions {
  readonly clock: Clock;
  readonly isAtWork: () => boolean;
  /** History should be read. */
  readonly resync: () => void;
  /** The stream is silent for long, and history should tell whether it is dead. */
  readonly ask: () => void;
  /** The session should be described anew: no event may tell that its turn is over. */
  readonly describe: () => void;
  /** The connection is dead. */
  readonly giveUp: (why: string) => void;
}

/** Watches over one connection at a time: its silence, and what is due while it stands. Uses one timer. */
export class Vigil implements Disposable {
  private readonly options: VigilOptions;
  private readonly alarm: Alarm;
  private heartbeat: Heartbeat | undefined;
  private resyncAt = NEVER;
  private askedAt = 0;
  private eventAt = 0;
  private describedAt = 0;

  constructor(options: VigilOptions) {
    this.options = options;
    this.alarm = new Alarm(options.clock, (slept) => this.look(slept));
  }

  /** When the last byte came over the present connection. */
  get lastByteAt(): number | undefined {
    return this.heartbeat?.lastByteAt;
  }

  /** A connection stands. History is to be read again `resyncInMs` milliseconds from now. */
  begin(resyncInMs: number): void {
    const now = this.options.clock.now();
    this.heartbeat = new Heartbeat(now);
    this.askedAt = now;
    this.resyncAt = now + resyncInMs;
    this.setAlarm();
  }

  /** The connection is gone. */
  end(): void {
    this.heartbeat = undefined;
    this.resyncAt = NEVER;
    this.alarm.dispose();
  }

  dispose(): void {
    this.end();
  }

  /** Bytes came; `quiet` where they brought no event. */
  bytes(quiet: boolean): void {
    const now = this.options.clock.now();
    this.heartbeat?.bytes(now, quiet);
    if (!quiet) {
      this.eventAt = now;
    }
  }

  /** The agent has begun to work. */
  working(): void {
    this.resyncWithin(WHILE_RUNNING_MS);
  }

  /** The session is being described. */
  described(): void {
    this.describedAt = this.options.clock.now();
  }

  /** History is to be read again in so many milliseconds, or before. */
  resyncWithin(ms: number): void {
    this.resyncAt = Math.min(this.resyncAt, this.options.clock.now() + ms);
    this.setAlarm();
  }

  /** History is to be read again in so many milliseconds, and not before. */
  resyncAfter(ms: number): void {
    this.resyncAt = this.options.clock.now() + ms;
    this.setAlarm();
  }

  private setAlarm(): void {
    if (this.heartbeat !== undefined) {
      const silentAt = Math.max(this.heartbeat.lastByteAt, this.askedAt) + this.heartbeat.limitMs;
      this.alarm.set(Math.min(this.resyncAt, silentAt));
    }
  }

  private look(slept: boolean): void {
    const { clock, isAtWork, resync, ask, describe, giveUp } = this.options;
    const { heartbeat } = this;
    const now = clock.now();
    if (heartbeat === undefined) {
      return;
    }
    const verdict = heartbeat.judge(now);
    if (slept || verdict === 'dead') {
      giveUp(slept ? 'the machine was asleep' : 'the stream is silent');
      return;
    }
    if (now >= this.resyncAt) {
      this.resyncAt = isAtWork() ? now + WHILE_RUNNING_MS : NEVER;
      resync();
    }
    if (verdict === 'ask' && now - this.askedAt >= heartbeat.limitMs) {
      this.askedAt = now;
      ask();
    }
    const isUntold = isAtWork() || this.eventAt > this.describedAt;
    if (isUntold && now - Math.max(this.eventAt, this.describedAt) > QUIET_TURN_MS) {
      describe();
    }
    this.setAlarm();
  }
}
