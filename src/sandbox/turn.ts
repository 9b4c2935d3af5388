import { type Clock, sleep } from '../util/clock.ts';
import { asArray, asObject, asText, field, type JsonObject } from '../util/json.ts';
import { needsApproval } from './bodies/tools.ts';
import { type Pace, piecesOf } from './pace.ts';
import type { PendingAction, QueuedWork, SessionRecord, StoredEvent } from './records.ts';
import { goIdle, reschedule, startRunning } from './sessionStatus.ts';
import type { Store } from './store.ts';
import { countRequest, modelUsageShape } from './usage.ts';

/** The agent says this once in every session, before anything else. */
export const introduction =
  '> **This is the local sandbox.** A script answers here, not a model. Send `/help` to see what it can play.\n\n';

/** A call of a built-in tool and the result that the script has ready for it. */
export interface ToolCall {
  readonly name: string;
  readonly input: JsonObject;
  readonly result: string;
  readonly isError?: boolean;
  /** True: wait for the user's approval, whatever the agent's own policy says. */
  readonly ask?: boolean;
}

/** What one scripted model request brings forth, in this order. */
export interface ModelStep {
  readonly think?: boolean;
  readonly text?: string;
  readonly calls?: readonly ToolCall[];
  readonly custom?: { readonly name: string; readonly input: JsonObject };
}

/** How a tool call ended. `denied` has the user's reason, empty where none was given. */
export interface ToolOutcome {
  readonly call: ToolCall;
  readonly denied: string | undefined;
}

/** The moves of a turn. Every wait ends at once, with the signal's reason, when the turn is interrupted. */
export class Turn {
  readonly session: SessionRecord;
  readonly pace: Pace;
  private readonly store: Store;
  private readonly clock: Clock;
  private readonly signal: AbortSignal;
  private readonly openCalls = new Set<string>();
  private unreadCharacters = 0;

  constructor(parts: {
    store: Store;
    session: SessionRecord;
    clock: Clock;
    pace: Pace;
    signal: AbortSignal;
  }) {
    this.store = parts.store;
    this.session = parts.session;
    this.clock = parts.clock;
    this.pace = parts.pace;
    this.signal = parts.signal;
  }

  /**
   * Takes queued work: the session runs at once, so that nobody who sent something finds it idle,
   * and a little later the waiting events get their time.
   */
  async begin(work: QueuedWork): Promise<void> {
    startRunning(this.store, this.session);
    await this.pause();
    this.take(work);
    this.unreadCharacters += textOf(work.event).length;
  }

  take(work: QueuedWork): void {
    for (const event of [work.event, work.system]) {
      if (event?.processedAt === null) {
        this.store.process(this.session, event);
      }
    }
  }

  pause(ms = this.pace.stepMs): Promise<void> {
    return sleep(this.clock, ms, this.signal);
  }

  now(): number {
    return this.store.now();
  }

  newId(prefix: string): string {
    return this.store.newId(prefix);
  }

  emit(type: string, fields: JsonObject = {}): StoredEvent {
    return this.store.emit(this.session, type, fields);
  }

  /** Writes a file to the outputs of the session; one of the same name is replaced. */
  writeFile(name: string, type: string, content: Uint8Array): void {
    const { files } = this.session;
    const file = { id: this.newId('file_'), name, type, content, createdAt: this.now() };
    const before = files.findIndex((other) => other.name === name);
    files.splice(before === -1 ? files.length : before, 1, file);
  }

  /** The session waits to be tried again; {@link Turn.runAgain} ends that. */
  reschedule(): void {
    reschedule(this.store, this.session);
  }

  runAgain(): void {
    startRunning(this.store, this.session);
  }

  say(text: string): Promise<StoredEvent[]> {
    return this.request({ text });
  }

  /** Plays one model request; answers the tool calls that it made. */
  async request(step: ModelStep): Promise<StoredEvent[]> {
    const start = this.emit('span.model_request_start');
    let written = 0;
    const end = (isError: boolean | null) => {
      const usage = countRequest(this.session, this.unreadCharacters, written);
      this.unreadCharacters = 0;
      this.emit('span.model_request_end', {
        model_request_start_id: start.id,
        is_error: isError,
        model_usage: modelUsageShape(usage),
      });
    };
    try {
      if (step.think === true) {
        await this.think();
      }
      if (step.text !== undefined) {
        written += step.text.length;
        await this.stream(step.text);
      }
      const uses = (step.calls ?? []).map((call) => this.emitCall(call));
      if (step.custom !== undefined) {
        uses.push(this.emit('agent.custom_tool_use', { ...step.custom }));
      }
      written += uses.length * 40;
      end(false);
      return uses;
    } catch (error) {
      // An interrupted request brings no final message; this end is what closes its preview.
      end(null);
      throw error;
    }
  }

  /** Plays a model request with tool calls, asks for approval where needed, and brings the results. */
  async useTools(step: ModelStep & { readonly calls: readonly ToolCall[] }): Promise<ToolOutcome[]> {
    return this.finishTools(await this.request(step), step.calls);
  }

  /** The second half of {@link Turn.useTools}: for calls that are already in the history. */
  async finishTools(
    uses: readonly StoredEvent[],
    calls: readonly ToolCall[],
    more: { alreadyIdle?: boolean } = {},
  ): Promise<ToolOutcome[]> {
    for (const use of uses) {
      this.openCalls.add(use.id);
    }
    const asked = uses.filter((use) => use.fields['evaluated_permission'] === 'ask');
    const answers = await this.waitFor('confirmation', asked, more.alreadyIdle === true);
    const outcomes: ToolOutcome[] = [];
    for (const [index, call] of calls.entries()) {
      const use = uses[index];
      if (use === undefined) {
        continue;
      }
      const answer = answers.get(use.id);
      if (answer !== undefined && answer.fields['result'] !== 'allow') {
        const reason = asText(answer.fields['deny_message']) ?? '';
        this.result(use.id, reason === '' ? 'The user denied this tool call.' : reason, true);
        outcomes.push({ call, denied: reason });
        continue;
      }
      await this.pause();
      this.result(use.id, call.result, call.isError === true);
      outcomes.push({ call, denied: undefined });
    }
    return outcomes;
  }

  /** Calls a tool that the client runs, and waits for what it answers. */
  async useCustomTool(
    text: string,
    custom: { name: string; input: JsonObject },
  ): Promise<StoredEvent | undefined> {
    const uses = await this.request({ text, custom });
    const answers = await this.waitFor('customResult', uses, false);
    const answer = uses[0] === undefined ? undefined : answers.get(uses[0].id);
    this.unreadCharacters += answer === undefined ? 0 : textOf(answer).length;
    return answer;
  }

  /** After an interrupt: calls that have no result yet get one that says why. */
  closeOpenCalls(): void {
    this.session.pending.clear();
    for (const id of [...this.openCalls]) {
      this.result(id, 'The user interrupted the turn before this tool call was finished.', true);
    }
  }

  private emitCall(call: ToolCall): StoredEvent {
    const ask = call.ask ?? needsApproval(this.session.agent, call.name);
    const use = this.emit('agent.tool_use', {
      name: call.name,
      input: call.input,
      evaluated_permission: ask ? 'ask' : 'allow',
      evaluation: { type: ask ? 'always_ask' : 'always_allow' },
    });
    this.openCalls.add(use.id);
    return use;
  }

  private result(toolUseId: string, text: string, isError: boolean): void {
    this.openCalls.delete(toolUseId);
    this.unreadCharacters += text.length;
    this.emit('agent.tool_result', {
      tool_use_id: toolUseId,
      content: [{ type: 'text', text }],
      is_error: isError,
    });
  }

  private async think(): Promise<void> {
    const eventId = this.newId('sevt_');
    this.session.feed.fire({ kind: 'start', eventId, eventType: 'agent.thinking' });
    await this.pause();
    this.store.emit(this.session, 'agent.thinking', {}, { id: eventId });
  }

  private async stream(body: string): Promise<void> {
    const text = this.session.introduced ? body : introduction + body;
    this.session.introduced = true;
    const eventId = this.newId('sevt_');
    this.session.feed.fire({ kind: 'start', eventId, eventType: 'agent.message' });
    for (const piece of piecesOf(text)) {
      this.session.feed.fire({ kind: 'delta', eventId, text: piece });
      await this.pause(this.pace.pieceMs);
    }
    this.store.emit(this.session, 'agent.message', { content: [{ type: 'text', text }] }, { id: eventId });
  }

  /** Idles until every call has its answer; each partial answer makes it idle again with the rest. */
  private async waitFor(
    kind: PendingAction['kind'],
    uses: readonly StoredEvent[],
    alreadyIdle: boolean,
  ): Promise<ReadonlyMap<string, StoredEvent>> {
    const answers = new Map<string, StoredEvent>();
    if (uses.length === 0) {
      return answers;
    }
    const { pending } = this.session;
    let wake = (): void => undefined;
    for (const use of uses) {
      pending.set(use.id, {
        kind,
        answer: (event) => {
          answers.set(use.id, event);
          wake();
        },
      });
    }
    let idle = alreadyIdle;
    while (pending.size > 0) {
      if (!idle) {
        goIdle(this.store, this.session, { type: 'requires_action', event_ids: [...pending.keys()] });
      }
      idle = false;
      await abortable(this.signal, (resolve) => {
        wake = resolve;
      });
    }
    startRunning(this.store, this.session);
    return answers;
  }
}

/** The text of an event's content blocks. */
export function textOf(event: StoredEvent): string {
  return asArray(event.fields['content'])
    .map((block) => asText(field(asObject(block), 'text')) ?? '')
    .filter((text) => text !== '')
    .join('\n');
}

function abortable(signal: AbortSignal, register: (resolve: () => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason as Error);
    if (signal.aborted) {
      onAbort();
      return;
    }
    signal.addEventListener('abort', onAbort, { once: true });
    register(() => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    });
  });
}
