import type { ServerResponse } from 'node:http';
import type { Clock } from '../util/clock.ts';
import { type Disposable, toDisposable } from '../util/disposable.ts';
import type { JsonObject } from '../util/json.ts';

export interface StreamSettings {
  readonly clock: Clock;
  /** Milliseconds between two keep-alive comments. */
  readonly keepAliveMs: number;
  /** Bytes that may wait for a slow reader before its connection is dropped. */
  readonly maxBufferedBytes: number;
}

/** One open `text/event-stream` answer. */
export class EventStream implements Disposable {
  private readonly response: ServerResponse;
  private readonly settings: StreamSettings;
  private timer: Disposable = toDisposable(() => undefined);
  private open = true;

  constructor(response: ServerResponse, settings: StreamSettings) {
    this.response = response;
    this.settings = settings;
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-cache',
      'x-accel-buffering': 'no',
    });
    // The reader must see the answer before the first event, or it cannot know that it is listening.
    response.flushHeaders();
    response.once('close', () => this.stop());
    this.keepAlive();
  }

  send(name: string, data: JsonObject): void {
    this.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  /** Ends the answer after what was written. */
  dispose(): void {
    if (this.open) {
      this.stop();
      this.response.end();
    }
  }

  private keepAlive(): void {
    this.timer = this.settings.clock.after(this.settings.keepAliveMs, () => {
      this.write(': keep-alive\n\n');
      if (this.open) {
        this.keepAlive();
      }
    });
  }

  private write(text: string): void {
    if (!this.open) {
      return;
    }
    this.response.write(text);
    if (this.response.writableLength > this.settings.maxBufferedBytes) {
      this.stop();
      this.response.destroy();
    }
  }

  private stop(): void {
    this.open = false;
    this.timer.dispose();
  }
}
