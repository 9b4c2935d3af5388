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
import { composerAtRest, type ComposerState } from '../../../src/protocol/composerMessages.ts';
import { RowWindow } from '../../../src/protocol/rowWindow.ts';
import type { FeedStatus } from '../../../src/stream/feedState.ts';
import type { Row, ToolRow } from '../../../src/transcript/row.ts';
import { pageStringsEn } from '../pageStrings.en.ts';
import { approvalRows, twoApprovals } from './approvalRows.ts';
import { FakeFind } from './fakeFind.ts';
import { FakeLog } from './fakeLog.ts';
import { markdownRows } from './markdownRows.ts';
import { cutApproval, hostile, longApproval, NOW, syntheticRow, text, tour } from './rows.ts';

type Open = Extract<HostMessage, { type: 'open' }>;

class FakeHost {
  readonly posted: PageMessage[] = [];
  readonly violations: string[] = [];
  /** Size of everything that was sent to the page, in UTF-16 units of JSON. */
  sentSize = 0;
  state: unknown = JSON.parse(sessionStorage.getItem('state') ?? 'null');
  silent = false;
  private rows: Row[] = [];
  private first = 0;
  private seq = 0;
  private readonly stamps = new Map<string, number>();
  private readonly window = new RowWindow(this.source(), MAX_WINDOW_ROWS);
  private nextOutcome: Extract<HostMessage, { type: 'outcome' }>['outcome'] = { ok: true };
  private overrides: Partial<Open> = {};
  readonly log = new FakeLog((message) => this.send(message));
  readonly find = new FakeFind(
    () => ({ first: this.first, rows: this.rows }),
    (message) => this.send(message),
  );
  private composerState = composerAtRest;
  /** Messages that the user sent before, newest first. */
  earlier: readonly { readonly key: string; readonly text: string }[] = [];

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
    if (this.log.receive(message) || this.find.receive(message)) {
      return;
    }
    if (message.type === 'ready') {
      this.open(message.anchor);
    } else if (message.type === 'window') {
      this.window.narrow(message.from, message.end);
    } else if (message.type === 'rows') {
      const answer = this.window.read(message.from, message.from + message.count);
      this.send({ type: 'rows', id: message.id, ...answer });
    } else if (message.type === 'showCall') {
      this.reveal(message.eventId);
    } else if (message.type === 'recall') {
      const at = this.earlier.findIndex(({ key }) => key === message.from);
      this.send({ type: 'recalled', id: message.id, entry: this.earlier[at + 1] ?? null });
    } else if ('id' in message) {
      this.send({ type: 'outcome', id: message.id, outcome: this.nextOutcome });
    }
  }

  scenario(name: string): void {
    const parts = name.split('+');
    const count = Number(parts.find((part) => /^\d+$/.test(part)) ?? '0');
    const named: Record<string, readonly Row[]> = {
      hostile,
      markdown: markdownRows,
      long: [longApproval],
      cut: [cutApproval],
      empty: [],
      approvals: approvalRows,
      two: twoApprovals,
      loading: [],
    };
    this.rows =
      count > 0
        ? Array.from({ length: count }, (_, index) => syntheticRow(index))
        : [...(named[parts[0] ?? ''] ?? tour)];
    if (parts.includes('busy')) {
      this.log.seedBusy(count);
      this.rows = this.rows.slice(0, 50);
    } else {
      this.log.seed(parts.includes('log') ? count : 0);
    }
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
    if (parts.includes('ended')) {
      this.overrides = {
        ...this.overrides,
        header: { ...header(), activity: 'ended', runningSince: null, pending: [] },
      };
    }
    if (parts.includes('idle')) {
      this.overrides = {
        ...this.overrides,
        header: { ...header(), activity: 'idle', runningSince: null, pending: [] },
      };
    }
  }

  /** The header from now on differs from the usual one in these fields. */
  changeHeader(part: Partial<SessionHeader>): void {
    const now = { ...(this.overrides.header ?? header()), ...part };
    this.overrides = { ...this.overrides, header: now };
    this.send({ type: 'patches', seq: this.seq + 1, patches: [{ op: 'header', header: now }] });
    this.seq += 1;
  }

  /** A byte came over the stream just now. */
  hearNow(): void {
    const feed = { ...liveFeed(), lastByteAt: Date.now() };
    this.send({ type: 'patches', seq: this.seq + 1, patches: [{ op: 'feed', feed, banner: null }] });
    this.seq += 1;
  }

  open(anchor?: string): void {
    const around = this.rows.findIndex(({ key }) => key === anchor);
    this.send({
      type: 'open',
      seq: this.seq,
      header: { ...header(), pending: this.waiting() },
      feed: liveFeed(),
      banner: null,
      ...this.window.open(around < 0 ? undefined : this.first + around),
      strings: pageStringsEn,
      draft: '',
      composer: this.composerState,
      locale: 'en-GB',
      ...this.overrides,
    });
    this.log.port.open();
    this.log.timeline.hide();
  }

  /** The rows that wait for the user. */
  private waiting(): readonly string[] {
    return this.rows
      .filter((row) => row.kind === 'tool' && row.status.startsWith('needs'))
      .map(({ key }) => key);
  }

  reveal(key: string): void {
    const index = this.rows.findIndex((row) => row.key === key);
    this.send({ type: 'reveal', at: this.first + index, key });
  }

  /** A call was answered, or asks for something else: its row changes, and with it what waits. */
  changeCall(key: string, part: Partial<ToolRow>): void {
    const index = this.rows.findIndex((row) => row.key === key);
    const row = this.rows[index];
    if (row?.kind === 'tool') {
      this.set(this.first + index, { ...row, ...part });
      const pending = this.waiting();
      this.changeHeader({ activity: pending.length === 0 ? 'running' : 'needsYou', pending });
    }
  }

  /** Something about the message that is being written has changed. */
  changeComposer(part: Partial<ComposerState>): void {
    this.composerState = { ...this.composerState, ...part };
    this.send({ type: 'composer', composer: this.composerState });
  }

  append(rows: readonly Row[]): void {
    this.rows.push(...rows);
    this.find.tell(rows);
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
    this.find.tell([row]);
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

  /** History is read further, or all of it is here. */
  changeHistory(kind: 'loading' | 'partial' | 'complete'): void {
    const feed: FeedStatus = { ...liveFeed(), history: { kind } };
    this.overrides = { ...this.overrides, feed };
    this.send({ type: 'patches', seq: this.seq + 1, patches: [{ op: 'feed', feed, banner: null }] });
    this.seq += 1;
  }

  /** Size of all rows, in UTF-16 units of JSON. */
  get sessionSize(): number {
    return this.rows.reduce((sum, row) => sum + JSON.stringify(row).length, 0);
  }

  send(message: HostMessage): void {
    this.sentSize += JSON.stringify(message).length;
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
    stage: location.hash.includes('sandbox') ? 'sandbox' : 'local',
    origin: 'http://127.0.0.1:4100',
    failed: false,
    renamable: true,
    agentVersion: '7',
    activity: location.hash.includes('calm') || /\d/.test(location.hash) ? 'running' : 'needsYou',
    agent: 'coding-agent',
    model: 'claude-sonnet',
    environment: 'cloud-eu',
    pending: [],
    inputTokens: 48_213,
    outputTokens: 9_122,
    cacheReadTokens: 412_004,
    cacheWriteTokens: 51_377,
    cost: '$0.42',
    statusText: null,
    runningSince: NOW - 161_000,
    workedMs: 723_000,
    createdAt: NOW - 7_500_000,
    lost: false,
    menu: [
      'export',
      'openAsText',
      'copyConversation',
      'copySessionId',
      'showDetails',
      'defineOutcome',
      'reconnect',
      'archive',
    ],
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
