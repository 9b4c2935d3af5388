import { type HostMessage, MAX_WINDOW_ROWS, type PageMessage } from '../../../src/protocol/messages.ts';
import { composerAtRest } from '../../../src/protocol/composerMessages.ts';
import { RowWindow } from '../../../src/protocol/rowWindow.ts';
import type { Row } from '../../../src/transcript/row.ts';
import { pageStringsEn } from '../../support/pageStrings.en.ts';

/** Batches under way at once, as the host's flow control has it. */
const CREDIT = 2;

export function message(key: string, text: string, streaming = true): Row {
  return {
    kind: 'agentMessage',
    key,
    at: 1,
    eventId: key,
    streaming,
    blocks: [{ type: 'text', text, total: text.length }],
  };
}

/** A host with the real row window on rows that a test moves about, and a wire that the test empties. */
export class ModelHost {
  rows: Row[] = [];
  first = 0;
  title = 'one';
  seq = 0;
  /** What was said and is not delivered yet. */
  outbox: HostMessage[] = [];
  private readonly stamps = new Map<string, number>();
  private readonly window = new RowWindow(this.source(), MAX_WINDOW_ROWS);
  private unacknowledged: number[] = [];
  private isOpen = false;
  private saidTitle = '';
  private made = 0;

  get end(): number {
    return this.first + this.rows.length;
  }

  range() {
    return { first: this.first, end: this.end };
  }

  slice(from: number, end: number): Row[] {
    return this.rows.slice(Math.max(0, from - this.first), Math.max(0, end - this.first));
  }

  receive(posted: PageMessage): void {
    if (posted.type === 'ready') {
      this.open();
    } else if (posted.type === 'ack') {
      this.unacknowledged = this.unacknowledged.filter((each) => each > posted.seq);
    } else if (posted.type === 'window') {
      this.window.narrow(posted.from, posted.end);
    } else if (posted.type === 'rows') {
      const answer = this.window.read(posted.from, posted.from + posted.count);
      this.outbox.push({ type: 'rows', id: posted.id, ...answer });
    }
  }

  /** Sends what changed, where the page has kept up. */
  flush(): void {
    if (!this.isOpen || this.unacknowledged.length >= CREDIT) {
      return;
    }
    const patches = [...this.window.patches()];
    if (this.title !== this.saidTitle) {
      this.saidTitle = this.title;
      patches.push({ op: 'header', header: this.header() });
    }
    if (patches.length > 0) {
      this.outbox.push({ type: 'patches', seq: this.seq + 1, patches });
      this.seq += patches.length;
      this.unacknowledged.push(this.seq);
    }
  }

  append(count: number): void {
    this.rows.push(...Array.from({ length: count }, () => message(this.newKey(), 'a')));
  }

  prepend(count: number): void {
    this.rows.unshift(...Array.from({ length: count }, () => message(this.newKey(), 'b')));
    this.first -= count;
  }

  /** An event that comes before the previews at the end: rows move. */
  insertBeforeLast(): void {
    this.rows.splice(-1, 0, message(this.newKey(), 'i'));
  }

  removeLast(): void {
    this.rows.pop();
  }

  growText(at: number): void {
    const row = this.rows[at - this.first];
    if (row?.kind === 'agentMessage' && row.streaming && row.blocks[0]?.type === 'text') {
      this.put(at, message(row.key, `${row.blocks[0].text}c`));
    }
  }

  replace(at: number): void {
    const row = this.rows[at - this.first];
    if (row !== undefined) {
      this.put(at, message(row.key, `r${this.newKey()}`, false));
    }
  }

  rename(): void {
    this.title = this.newKey();
  }

  /** An empty batch at the present number: to a page that is behind, that is a hole. */
  nudge(): void {
    this.outbox.push({ type: 'patches', seq: this.seq + 1, patches: [] });
  }

  private open(): void {
    this.isOpen = true;
    this.unacknowledged = [];
    this.saidTitle = this.title;
    this.outbox.push({
      type: 'open',
      seq: this.seq,
      header: this.header(),
      feed: {
        state: { kind: 'live' },
        history: { kind: 'complete' },
        lastByteAt: undefined,
        unreadableFrames: 0,
      },
      banner: null,
      ...this.window.open(),
      strings: pageStringsEn,
      draft: '',
      composer: composerAtRest,
      locale: 'en',
    });
  }

  private put(at: number, row: Row): void {
    this.rows[at - this.first] = row;
    this.stamps.set(row.key, (this.stamps.get(row.key) ?? 0) + 1);
  }

  private source() {
    const first = () => this.first;
    const end = () => this.end;
    const at = (position: number) => {
      const row = this.rows[position - this.first];
      return row && { key: row.key, stamp: String(this.stamps.get(row.key) ?? 0), row: () => row };
    };
    return {
      get first() {
        return first();
      },
      get end() {
        return end();
      },
      at,
    };
  }

  private newKey(): string {
    this.made += 1;
    return `k${this.made}`;
  }

  private header() {
    return {
      title: this.title,
      sessionId: 's',
      connectionId: 'c',
      connection: 'local',
      sandbox: true,
      stage: 'sandbox',
      origin: 'http://127.0.0.1:1',
      activity: 'running',
      failed: false,
      renamable: true,
      agent: null,
      agentVersion: null,
      model: null,
      environment: null,
      pending: [],
      inputTokens: null,
      outputTokens: null,
      cacheReadTokens: null,
      cacheWriteTokens: null,
      cost: null,
      statusText: null,
      runningSince: null,
      workedMs: null,
      createdAt: null,
      lost: false,
      menu: [],
    } as const;
  }
}
