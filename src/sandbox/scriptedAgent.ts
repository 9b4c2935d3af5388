import type { Clock } from '../util/clock.ts';
import { assertNever } from '../util/assertNever.ts';
import { asText } from '../util/json.ts';
import type { ClientEvent } from './bodies/eventBody.ts';
import type { Pace } from './pace.ts';
import type { QueuedWork, SessionRecord, StoredEvent } from './records.ts';
import { chooseScenario } from './scenarios/chooseScenario.ts';
import type { TurnEnd } from './scenarios/scenario.ts';
import { goIdle, terminate } from './sessionStatus.ts';
import type { Store } from './store.ts';
import { Turn } from './turn.ts';

/** Why a turn stopped before its script was done. */
class TurnStopped extends Error {
  override readonly name = 'TurnStopped';
  readonly why: 'interrupted' | 'abandoned';

  constructor(why: 'interrupted' | 'abandoned') {
    super(why);
    this.why = why;
  }
}

/**
 * Plays the agent's side of every session. It is a script, says so, and calls no model and no tool.
 * One turn runs at a time in a session; what is sent meanwhile waits its turn.
 */
export class ScriptedAgent {
  private readonly store: Store;
  private readonly clock: Clock;
  private readonly pace: Pace;
  private readonly turns = new Map<SessionRecord, AbortController>();
  private closed = false;

  constructor(store: Store, clock: Clock, pace: Pace) {
    this.store = store;
    this.clock = clock;
    this.pace = pace;
  }

  /** Takes checked client events in their order; answers them as stored. */
  accept(session: SessionRecord, events: readonly ClientEvent[]): StoredEvent[] {
    const accepted = events.map((event, index) => this.acceptOne(session, event, events[index - 1]));
    this.wake(session);
    return accepted;
  }

  /** Continues a turn whose beginning is already in the history. */
  resume(session: SessionRecord, script: (turn: Turn) => Promise<TurnEnd>): void {
    void this.keepRunning(session, script);
  }

  /** Stops a session's turn without another word, as archiving does. */
  abandon(session: SessionRecord): void {
    this.turns.get(session)?.abort(new TurnStopped('abandoned'));
  }

  /** Stops every turn. No timer is left behind. */
  close(): void {
    this.closed = true;
    for (const turn of this.turns.values()) {
      turn.abort(new TurnStopped('abandoned'));
    }
  }

  private acceptOne(
    session: SessionRecord,
    { type, fields }: ClientEvent,
    before: ClientEvent | undefined,
  ): StoredEvent {
    switch (type) {
      case 'user.message': {
        const event = this.store.emit(session, type, fields, { processedAt: null });
        session.work.push({ event });
        return event;
      }
      case 'system.message': {
        const waits = before?.type === 'user.message';
        const event = this.store.emit(session, type, fields, waits ? { processedAt: null } : {});
        const last = waits ? session.work.pop() : undefined;
        if (last !== undefined) {
          session.work.push({ ...last, system: event });
        }
        return event;
      }
      case 'user.define_outcome': {
        const event = this.store.emit(session, type, { ...fields, outcome_id: this.store.newId('outc_') });
        session.work.push({ event });
        return event;
      }
      case 'user.interrupt': {
        const event = this.store.emit(session, type, fields);
        this.turns.get(session)?.abort(new TurnStopped('interrupted'));
        return event;
      }
      case 'user.tool_confirmation':
        return this.answer(session, type, fields, 'tool_use_id');
      case 'user.custom_tool_result':
        return this.answer(session, type, fields, 'custom_tool_use_id');
      default:
        return assertNever(type);
    }
  }

  private answer(
    session: SessionRecord,
    type: string,
    fields: ClientEvent['fields'],
    idField: string,
  ): StoredEvent {
    const event = this.store.emit(session, type, fields);
    const id = asText(fields[idField]) ?? '';
    const pending = session.pending.get(id);
    session.pending.delete(id);
    pending?.answer(event);
    return event;
  }

  private wake(session: SessionRecord): void {
    if (session.work.length > 0 && !this.turns.has(session)) {
      void this.keepRunning(session);
    }
  }

  private async keepRunning(
    session: SessionRecord,
    resumed?: (turn: Turn) => Promise<TurnEnd>,
  ): Promise<void> {
    if (resumed !== undefined) {
      await this.play(session, undefined, resumed);
    }
    while (!this.closed) {
      const work = session.work.shift();
      if (work === undefined) {
        return;
      }
      await this.play(session, work, async (turn) => {
        await turn.begin(work);
        return chooseScenario(work.event)(turn);
      });
    }
  }

  private async play(
    session: SessionRecord,
    work: QueuedWork | undefined,
    script: (turn: Turn) => Promise<TurnEnd>,
  ): Promise<void> {
    const controller = new AbortController();
    const { store, clock, pace } = this;
    const turn = new Turn({ store, session, clock, pace, signal: controller.signal });
    this.turns.set(session, controller);
    try {
      this.finish(session, await script(turn));
    } catch (error) {
      if (error instanceof TurnStopped && error.why === 'abandoned') {
        return;
      }
      if (work !== undefined) {
        turn.take(work);
      }
      turn.closeOpenCalls();
      if (error instanceof TurnStopped) {
        this.finish(session, 'end_turn');
        return;
      }
      // A mistake in a script is shown where its user looks, and does not take the server down.
      turn.emit('session.error', {
        error: { type: 'unknown_error', message: String(error), retry_status: { type: 'exhausted' } },
      });
      this.finish(session, 'retries_exhausted');
    } finally {
      this.turns.delete(session);
    }
  }

  private finish(session: SessionRecord, end: TurnEnd): void {
    switch (end) {
      case 'end_turn':
        goIdle(this.store, session, { type: end });
        return;
      case 'retries_exhausted':
        // Inputs that waited behind the failed turn are dropped; they stay in the history without a time.
        session.work.length = 0;
        goIdle(this.store, session, { type: end });
        return;
      case 'terminated':
        terminate(this.store, session);
        return;
      default:
        assertNever(end);
    }
  }
}
