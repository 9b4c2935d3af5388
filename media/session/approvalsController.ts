import type { ApprovalMessage, SeenCall } from '../../src/protocol/approvalMessages.ts';
import { MAX_CALLS_AT_ONCE } from '../../src/protocol/approvalMessages.ts';
import type { Outcome, PageMessage } from '../../src/protocol/messages.ts';
import type { PageStrings } from '../../src/protocol/strings.ts';
import type { ToolRow } from '../../src/transcript/row.ts';
import { scanJson } from '../../src/util/scanJson.ts';
import type { Replica } from './applyPatch.ts';
import { hasInputChanged, isWaiting, missingForAllow, type Waiting } from './approvalState.ts';
import { fill } from './fill.ts';
import { NO_ANSWER } from './requests.ts';
import type { RowUi, UiState } from './uiState.ts';
import type { ApprovalActions, WaitingCalls } from './view/context.ts';

/** The part of the replica that tells what waits. */
interface WaitingReplica {
  readonly header: Pick<Replica['header'], 'activity' | 'pending'>;
  readonly held: Pick<Replica['held'], 'rows'>;
}

export interface ApprovalPorts {
  readonly later: (ms: number, run: () => void) => void;
  readonly ui: UiState;
  readonly post: (message: PageMessage) => void;
  readonly ask: (build: (id: number) => PageMessage) => Promise<Outcome>;
  readonly replica: () => WaitingReplica | undefined;
  readonly strings: () => PageStrings | undefined;
  readonly announce: (text: string) => void;
  /** Puts the keyboard on a row that the page holds; false where it does not. */
  readonly focusRow: (key: string) => boolean;
  readonly focusComposer: () => void;
  /** Whether the keyboard is still where the user acted, or nowhere: in this row, or, without one, in the bar. */
  readonly isFocusAt: (row: string | undefined) => boolean;
  readonly changed: () => void;
  /** Something was written that should survive a reload. */
  readonly written: () => void;
}

/** An answer that the session has not taken after this long may be given again; the host knows of doubles. */
const TAKEN_MS = 10_000;

/** The page's side of decisions and answers: what may be sent, what became of it, and where the keyboard goes then. */
export class ApprovalsController implements ApprovalActions {
  private readonly ports: ApprovalPorts;
  /** Calls whose answer the host has sent, and that still stand here as waiting. */
  private readonly sent = new Set<string>();
  private known: WaitingCalls = { ids: [], stopping: false };
  private allBusy = false;
  private allError: string | undefined;
  /** Where "Show" was last. */
  private shown: string | undefined;

  constructor(ports: ApprovalPorts) {
    this.ports = ports;
  }

  /** What the bar above the composer says; undefined where nothing waits. */
  get waiting(): Waiting | undefined {
    const replica = this.ports.replica();
    if (replica?.header.activity !== 'needsYou') {
      return undefined;
    }
    const askable = this.waitingRows(replica).filter((row) => {
      const { busy, denying } = this.ports.ui.of(row.key);
      // Whoever is writing why not does not mean this one when all are allowed.
      return row.status === 'needsApproval' && busy !== true && denying !== true;
    });
    const seen = askable.filter((row) => missingForAllow(row, this.ports.ui.of(row.key)) === undefined);
    const count = replica.header.pending.filter((key) => !this.sent.has(key)).length;
    if (count === 0) {
      return undefined;
    }
    return {
      count,
      askable: askable.length,
      seen: seen.slice(0, MAX_CALLS_AT_ONCE),
      busy: this.allBusy,
      error: this.allError,
    };
  }

  /** The same for the cards; another object only where something changed. */
  calls(): WaitingCalls {
    const header = this.ports.replica()?.header;
    const ids = header?.pending ?? [];
    const stopping = header?.activity === 'stopping';
    const before = this.known;
    if (stopping !== before.stopping || ids.join('\n') !== before.ids.join('\n')) {
      this.known = { ids, stopping };
    }
    return this.known;
  }

  decide(row: ToolRow, decision: 'allow' | 'deny'): void {
    const reason = decision === 'deny' ? (this.ports.ui.of(row.key).formText ?? '') : '';
    if (decision === 'allow' && missingForAllow(row, this.ports.ui.of(row.key)) !== undefined) {
      return;
    }
    const done = this.ports.strings()?.approvals.done;
    const said = decision === 'allow' ? done?.allowed : done?.denied;
    void this.answer(row, said, (id, call) => ({ type: 'decide', id, ...call, decision, reason }));
  }

  /** Sends what is written in the row's form, if it can be sent. */
  sendResult(row: ToolRow): void {
    const ui = this.ports.ui.of(row.key);
    const written = ui.formText ?? '';
    const isEmpty = written.trim() === '' && ui.formEmpty !== true;
    if (ui.busy === true || isEmpty || hasInputChanged(row, ui)) {
      return;
    }
    let text = written.trim() === '' ? '' : written;
    if (ui.formJson === true && text !== '') {
      const scanned = scanJson(text);
      if (!scanned.ok) {
        this.ports.ui.change(row.key, { formProblem: scanned.problem });
        return;
      }
      text = scanned.compact;
    }
    const isError = ui.formIsError === true;
    void this.answer(row, this.ports.strings()?.approvals.done.answered, (id, call) => ({
      type: 'answerTool',
      id,
      ...call,
      text,
      isError,
    }));
  }

  /** Remembers what is written in a row's form. */
  write(key: string, part: RowUi): void {
    const before = this.ports.ui.of(key);
    const next = { ...before, ...part };
    const isChecked = before.formProblem !== undefined && next.formJson === true;
    const scanned = isChecked ? scanJson(next.formText ?? '') : undefined;
    const formProblem = scanned === undefined || scanned.ok ? undefined : scanned.problem;
    this.ports.ui.change(key, { ...part, formProblem });
    this.ports.written();
  }

  openWhole(row: ToolRow): void {
    void this.open(row);
  }

  /** Allows every call whose whole input was on the screen, in one request. */
  allowSeen(): void {
    void this.allowAll();
  }

  /** An input counts as read only when the host says that it is on the screen. */
  private async open(row: ToolRow): Promise<void> {
    const { ui, ask } = this.ports;
    const call = callOf(row);
    if (call === undefined || ui.of(row.key).opening === true) {
      return;
    }
    ui.change(row.key, { opening: true, error: undefined });
    const outcome = await ask((id) => ({ type: 'openInput', id, ...call }));
    const { readHash } = ui.of(row.key);
    ui.change(row.key, {
      opening: false,
      error: this.failure(outcome),
      ...(outcome.ok && { openedHash: call.inputHash, readHash: readHash ?? call.inputHash }),
    });
  }

  /** The end of an input was on the screen. */
  sawEnd(key: string, inputHash: string): void {
    const { ui } = this.ports;
    const { seenHash, readHash } = ui.of(key);
    if (seenHash !== inputHash) {
      ui.change(key, { seenHash: inputHash, readHash: readHash ?? inputHash });
    }
  }

  private async allowAll(): Promise<void> {
    const { ui, ask, changed } = this.ports;
    const rows = this.waiting?.seen ?? [];
    const calls = rows.flatMap((row) => callOf(row) ?? []);
    if (calls.length === 0 || this.allBusy) {
      return;
    }
    this.allBusy = true;
    this.allError = undefined;
    rows.forEach((row) => ui.change(row.key, { busy: true, error: undefined }));
    const outcome = await ask((id) => ({ type: 'allowAll', id, calls }));
    this.allBusy = false;
    this.allError = this.failure(outcome);
    if (outcome.ok) {
      rows.forEach((row) => this.sent.add(row.key));
      this.releaseLater(rows.map(({ key }) => key));
      const { done } = this.ports.strings()?.approvals ?? {};
      this.moveOn(undefined, done && fill(done.allowedMany, { count: String(rows.length) }));
    } else {
      rows.forEach((row) => ui.change(row.key, { busy: false }));
    }
    changed();
  }

  /** Goes to the next call that waits, from the one that was shown last. */
  showNext(): void {
    const next = this.next(this.shown);
    if (next !== undefined) {
      this.show(next);
    }
  }

  /** After the replica has changed: what was answered and has been taken is let go, with its form. */
  settle(): void {
    const replica = this.ports.replica();
    for (const key of this.sent) {
      if (replica !== undefined && !replica.header.pending.includes(key)) {
        this.sent.delete(key);
        this.ports.ui.change(key, {
          busy: false,
          denying: false,
          formText: '',
          formEmpty: false,
          formIsError: false,
          formProblem: undefined,
        });
        this.ports.written();
      }
    }
    if (replica?.header.pending.length === 0) {
      this.allError = undefined;
    }
  }

  private async answer(
    row: ToolRow,
    said: string | undefined,
    build: (id: number, call: SeenCall) => ApprovalMessage,
  ): Promise<void> {
    const { ui, ask } = this.ports;
    const call = callOf(row);
    if (call === undefined || ui.of(row.key).busy === true) {
      return;
    }
    ui.change(row.key, { busy: true, error: undefined });
    const outcome = await ask((id) => build(id, call));
    if (outcome.ok) {
      // The row itself is about to change; until then a second answer must not be possible.
      this.sent.add(row.key);
      this.releaseLater([row.key]);
      this.moveOn(row.key, said);
    } else {
      ui.change(row.key, { busy: false, error: this.failure(outcome) });
    }
  }

  private releaseLater(keys: readonly string[]): void {
    this.ports.later(TAKEN_MS, () => {
      for (const key of keys) {
        if (this.sent.delete(key)) {
          this.ports.ui.change(key, { busy: false });
        }
      }
    });
  }

  /** Says what was done, and takes the keyboard to what waits next, unless the user has gone elsewhere since. */
  private moveOn(from: string | undefined, said: string | undefined): void {
    const { ports } = this;
    const left = this.leftAfter(from);
    const { done } = ports.strings()?.approvals ?? {};
    if (done !== undefined && said !== undefined) {
      const more = left.length === 1 ? done.leftOne : fill(done.leftMany, { count: String(left.length) });
      ports.announce(left.length === 0 ? said : `${said}. ${more}`);
    }
    if (!ports.isFocusAt(from)) {
      return;
    }
    const [next] = left;
    if (next === undefined) {
      ports.focusComposer();
    } else {
      this.show(next);
    }
  }

  private show(key: string): void {
    this.shown = key;
    if (!this.ports.focusRow(key)) {
      this.ports.post({ type: 'showCall', eventId: key });
    }
  }

  private next(after: string | undefined): string | undefined {
    return this.leftAfter(after)[0];
  }

  /** The calls that still want an answer, from the one behind `after` round to it. */
  private leftAfter(after: string | undefined): readonly string[] {
    const pending = this.ports.replica()?.header.pending ?? [];
    const place = after === undefined ? -1 : pending.indexOf(after);
    const round = [...pending.slice(place + 1), ...pending.slice(0, place + 1)];
    return round.filter((key) => !this.sent.has(key) && this.ports.ui.of(key).busy !== true);
  }

  /** The reader has looked at an input that is not the first one. */
  acceptChange(row: ToolRow): void {
    this.ports.ui.change(row.key, { readHash: row.inputHash });
  }

  private waitingRows({ held, header }: WaitingReplica): readonly ToolRow[] {
    const pending = new Set(header.pending);
    return held.rows.filter((row): row is ToolRow => pending.has(row.key) && isWaiting(row));
  }

  private failure(outcome: Outcome): string | undefined {
    if (outcome.ok) {
      return undefined;
    }
    const strings = this.ports.strings();
    if (outcome.code === NO_ANSWER) {
      return strings?.checking ?? outcome.code;
    }
    return outcome.message === '' ? (strings?.failed ?? outcome.code) : outcome.message;
  }
}

function callOf({ eventId, inputHash }: ToolRow): SeenCall | undefined {
  return eventId === null ? undefined : { eventId, inputHash };
}
