/**
 * The host's side of the page, in the same window: hands out the interface of the editor, records what the page
 * posts, and answers as the contract says. Tests drive it through `window.fakeHost`.
 */
import {
  type HostMessage,
  MAX_WINDOW_ROWS,
  type PageMessage,
  type SessionHeader,
} from '../../../src/protocol/messages.ts';
import { RowWindow } from '../../../src/protocol/rowWindow.ts';
import type { FeedStatus } from '../../../src/stream/feedState.ts';
import type { Row } from '../../../src/transcript/row.ts';
import { pageStringsEn } from '../pageStrings.en.ts';
import { cutApproval, hostile, longApproval, NOW, syntheticRow, text, tour } from './rows.ts';

type Open = Extract<HostMessage, { type: 'open' }>;

class FakeHost {
  readonly posted: PageMessage[] = [];
  readonly violations: string[] = [];
  state: unknown = JSON.parse(sessionStorage.getItem('state') ?? 'null');
  silent = false;
  private rows: Row[] = [];
  private first = 0;
  private seq = 0;
  private readonly stamps = new Map<string, number>();
  private readonly window = new RowWindow(this.source(), MAX_WINDOW_ROWS);
  private nextOutcome: Extract<HostMessage, { type: 'outcome' }>['outcome'] = { ok: true };
  private overrides: Partial<Open> = {};

  constructor() {
    document.addEventListener('securitypolicyviolation', (event) => {
      this.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
    });
  }

  receive(message: PageMessage): void {
    this.posted.push(message);
    if (this.silent) {
      return;
    }
    if (message.type === 'ready') {
      this.open();
    } else if (message.type === 'window') {
      this.window.narrow(message.from, message.end);
    } else if (message.type === 'rows') {
      const answer = this.window.read(message.from, message.from + message.count);
      this.send({ type: 'rows', id: message.id, ...answer });
    } else if ('id' in message) {
      this.send({ type: 'outcome', id: message.id, outcome: this.nextOutcome });
    }
  }

  scenario(name: string): void {
    const parts = name.split('+');
    const count = Number(parts.find((part) => /^\d+$/.test(part)) ?? '0');
    const named: Record<string, readonly Row[]> = {
      hostile,
      long: [longApproval],
      cut: [cutApproval],
      empty: [],
      loading: [],
    };
    this.rows =
      count > 0
        ? Array.from({ length: count }, (_, index) => syntheticRow(index))
        : [...(named[parts[0] ?? ''] ?? tour)];
    if (parts.includes('calm')) {
      this.rows = this.rows.filter((row) => row.kind !== 'tool' || !row.status.startsWith('needs'));
    }
    const feed: Partial<FeedStatus> = parts.includes('partial') ? { history: { kind: 'partial' } } : {};
    if (parts.includes('loading')) {
      this.overrides = { feed: { ...liveFeed(), history: { kind: 'loading' } } };
    } else {
      this.overrides = { feed: { ...liveFeed(), ...feed } };
    }
    if (parts.includes('offline')) {
      const offline = {
        kind: 'reconnecting',
        attempt: 3,
        nextTryAt: NOW + 12_000,
        reason: 'silent',
      } as const;
      this.overrides = {
        feed: { ...liveFeed(), state: offline },
        banner: {
          tone: 'error',
          text: 'The key was refused. The conversation stays readable.',
          actions: [
            { action: 'setKey', label: 'Set key' },
            { action: 'showLog', label: 'Show log' },
          ],
        },
      };
    }
    if (parts.includes('idle')) {
      this.overrides = {
        ...this.overrides,
        header: { ...header(), activity: 'idle', runningSince: null, pending: [] },
      };
    }
  }

  open(): void {
    this.send({
      type: 'open',
      seq: this.seq,
      header: header(),
      feed: liveFeed(),
      banner: null,
      ...this.window.open(),
      strings: pageStringsEn,
      draft: '',
      enterSends: true,
      locale: 'en-GB',
      ...this.overrides,
    });
  }

  append(rows: readonly Row[]): void {
    this.rows.push(...rows);
    this.flush();
  }

  appendSynthetic(count: number): void {
    const at = this.first + this.rows.length;
    this.append(Array.from({ length: count }, (_, index) => syntheticRow(at + index)));
  }

  prepend(count: number): void {
    this.rows.unshift(
      ...Array.from({ length: count }, (_, index) => syntheticRow(this.first - count + index)),
    );
    this.first -= count;
    this.flush();
  }

  set(at: number, row: Row): void {
    this.rows[at - this.first] = row;
    this.stamps.set(row.key, (this.stamps.get(row.key) ?? 0) + 1);
    this.flush();
  }

  /** A streamed answer, piece by piece, then the final row in the place of the preview. */
  startAnswer(): number {
    const at = this.first + this.rows.length;
    this.append([
      {
        kind: 'agentMessage',
        key: `stream:${at}`,
        at: NOW,
        eventId: null,
        streaming: true,
        blocks: [text('')],
      },
    ]);
    return at;
  }

  appendText(at: number, piece: string): void {
    const row = this.rows[at - this.first];
    if (row?.kind === 'agentMessage' && row.blocks[0]?.type === 'text') {
      this.set(at, { ...row, blocks: [text(row.blocks[0].text + piece)] });
    }
  }

  finishAnswer(at: number): void {
    const row = this.rows[at - this.first];
    if (row?.kind === 'agentMessage') {
      this.set(at, { ...row, streaming: false });
    }
  }

  private flush(): void {
    const patches = this.window.patches();
    if (patches.length > 0) {
      this.send({ type: 'patches', seq: this.seq + 1, patches });
      this.seq += patches.length;
    }
  }

  answerWith(outcome: Extract<HostMessage, { type: 'outcome' }>['outcome']): void {
    this.nextOutcome = outcome;
  }

  send(message: HostMessage): void {
    window.postMessage(structuredClone(message), '*');
  }

  setState(state: unknown): void {
    this.state = state;
    sessionStorage.setItem('state', JSON.stringify(state));
  }

  private source() {
    const first = () => this.first;
    const end = () => this.first + this.rows.length;
    return {
      get first() {
        return first();
      },
      get end() {
        return end();
      },
      at: (position: number) => {
        const row = this.rows[position - this.first];
        return row && { key: row.key, stamp: String(this.stamps.get(row.key) ?? 0), row: () => row };
      },
    };
  }
}

function header(): SessionHeader {
  return {
    title: 'Refactor billing retries',
    sessionId: 'sesn_01',
    connectionId: 'conn_01',
    connection: 'local',
    sandbox: location.hash.includes('sandbox'),
    activity: location.hash.includes('calm') || /\d/.test(location.hash) ? 'running' : 'needsYou',
    agent: 'coding-agent',
    model: 'claude-sonnet',
    environment: 'cloud-eu',
    pending: [],
    inputTokens: 48_213,
    outputTokens: 9_122,
    cost: '$0.42',
    statusText: null,
    runningSince: NOW - 161_000,
  };
}

function liveFeed(): FeedStatus {
  return {
    state: { kind: 'live' },
    history: { kind: 'complete' },
    lastByteAt: NOW - 1_000,
    unreadableFrames: 0,
  };
}

declare global {
  interface Window {
    fakeHost: FakeHost;
  }
}

const host = new FakeHost();
host.scenario(location.hash.slice(1) || 'tour');
window.fakeHost = host;
Object.assign(window, { acquireVsCodeApi });

function acquireVsCodeApi() {
  return {
    // Answers come later than the question, as they do across processes.
    postMessage: (message: PageMessage) => setTimeout(() => host.receive(message), 0),
    getState: () => host.state,
    setState: (state: unknown) => host.setState(state),
  };
}
