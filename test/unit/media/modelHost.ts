import type { HostMessage, PageMessage, Patch } from '../../../src/protocol/messages.ts';
import type { Row } from '../../../src/transcript/row.ts';
import { pageStringsEn } from '../../support/pageStrings.en.ts';

export function message(key: string, text: string): Row {
  return {
    kind: 'agentMessage',
    key,
    at: 1,
    eventId: key,
    streaming: true,
    blocks: [{ type: 'text', text, total: text.length }],
  };
}

/** The least host that keeps the contract: all rows, a number per patch, and the page's window. */
export class ModelHost {
  rows: Row[] = [];
  first = 0;
  title = 'one';
  seq = 0;
  /** What was said and is not delivered yet. */
  outbox: HostMessage[] = [];
  private window = { from: 0, end: 0 };
  private made = 0;

  get end(): number {
    return this.first + this.rows.length;
  }

  range() {
    return { first: this.first, end: this.end };
  }

  receive(posted: PageMessage): void {
    if (posted.type === 'ready') {
      this.open();
    } else if (posted.type === 'window') {
      this.window = { from: posted.from, end: posted.end };
    } else if (posted.type === 'rows') {
      const from = Math.max(this.first, posted.from);
      const rows = this.slice(from, posted.from + posted.count);
      this.outbox.push({ type: 'rows', id: posted.id, range: this.range(), from, rows });
    }
  }

  slice(from: number, end: number): Row[] {
    return this.rows.slice(Math.max(0, from - this.first), Math.max(0, end - this.first));
  }

  open(): void {
    const from = Math.max(this.first, this.end - 30);
    this.window = { from, end: this.end };
    this.outbox.push({
      type: 'open',
      seq: this.seq,
      header: this.header(),
      feed: this.feed(),
      banner: null,
      range: this.range(),
      from,
      rows: this.slice(from, this.end),
      strings: pageStringsEn,
      draft: '',
      enterSends: true,
      locale: 'en',
    });
  }

  append(count: number): void {
    const at = this.end;
    const rows = Array.from({ length: count }, () => message(this.newKey(), 'a'));
    this.rows.push(...rows);
    if (this.window.end >= at) {
      this.window = { from: this.window.from, end: this.end };
      this.say([{ op: 'append', at, rows }]);
    } else {
      this.say([{ op: 'range', range: this.range() }]);
    }
  }

  prepend(count: number): void {
    this.rows.unshift(...Array.from({ length: count }, () => message(this.newKey(), 'b')));
    this.first -= count;
    this.say([{ op: 'range', range: this.range() }]);
  }

  growText(at: number): void {
    const row = this.rows[at - this.first];
    if (row?.kind !== 'agentMessage' || row.blocks[0]?.type !== 'text') {
      return;
    }
    const text = `${row.blocks[0].text}c`;
    this.rows[at - this.first] = { ...row, blocks: [{ type: 'text', text, total: text.length }] };
    if (this.isInWindow(at)) {
      this.say([{ op: 'appendText', at, key: row.key, block: 0, text: 'c' }]);
    }
  }

  replace(at: number): void {
    const row = this.rows[at - this.first];
    if (row !== undefined) {
      const next = message(row.key, `r${this.newKey()}`);
      this.rows[at - this.first] = next;
      if (this.isInWindow(at)) {
        this.say([{ op: 'set', at, row: next }]);
      }
    }
  }

  rename(): void {
    this.title = this.newKey();
    this.say([{ op: 'header', header: this.header() }]);
  }

  /** An empty batch at the present number: to a page that is behind, that is a hole. */
  nudge(): void {
    this.outbox.push({ type: 'patches', seq: this.seq + 1, patches: [] });
  }

  private isInWindow(at: number): boolean {
    return at >= this.window.from && at < this.window.end;
  }

  private say(patches: readonly Patch[]): void {
    this.outbox.push({ type: 'patches', seq: this.seq + 1, patches });
    this.seq += patches.length;
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
      activity: 'running',
      agent: null,
      model: null,
      environment: null,
      pending: [],
      inputTokens: null,
      outputTokens: null,
      cost: null,
      runningSince: null,
    } as const;
  }

  private feed() {
    return {
      state: { kind: 'live' },
      history: { kind: 'complete' },
      lastByteAt: undefined,
      unreadableFrames: 0,
    } as const;
  }
}
