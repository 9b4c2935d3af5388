import type { SessionEvent } from '../../api/resources/event.ts';
import type { L10n } from '../../l10n.ts';
import type { ApprovalMessage, SeenCall } from '../../protocol/approvalMessages.ts';
import type { Outcome } from '../../protocol/messages.ts';
import type { EventStore, StoredEvent } from '../../stream/eventStore.ts';
import { inputHash } from '../../transcript/inputHash.ts';
import { writeJson } from '../../transcript/prettyJson.ts';
import { isInputCut, isNameCut } from '../../transcript/rowOf.ts';
import { callOf } from '../../transcript/toolCall.ts';
import type { Transcript } from '../../transcript/transcript.ts';
import { assertNever } from '../../util/assertNever.ts';
import type { JsonObject } from '../../util/json.ts';
import { refusal } from './refusal.ts';

export interface ApprovalsOptions {
  readonly store: Pick<EventStore, 'get'>;
  readonly transcript: Pick<Transcript, 'pending' | 'status' | 'askedId'>;
  readonly l10n: L10n;
  /** Posts events to the session, all or none; says what came of it. */
  readonly send: (events: readonly JsonObject[]) => Promise<Outcome>;
  /**
   * Opens the whole input of a call and resolves when it is open.
   * @param whenRead called when its end was on the screen, perhaps before that.
   */
  readonly openInput: (call: StoredEvent, whenRead: () => void) => Promise<void>;
}

/** Why a call cannot be decided about or answered now. */
type Objection = 'stale' | 'underWay' | 'notConfirmable' | 'incomplete' | 'unopened' | 'unread';

/**
 * The user's decisions about tool calls, and the results of tools that run on this side. A decision counts for
 * exactly the input that was on the screen, once, and only while the session waits for it.
 */
export class Approvals {
  private readonly options: ApprovalsOptions;
  /** Calls whose answer is on its way; a second one would contradict it. */
  private readonly sending = new Set<string>();
  /** Calls that were answered, with the status that asked: until the session asks anew there is no more to say. */
  private readonly answered = new Map<string, StoredEvent | undefined>();
  /** Inputs that were opened whole, by event id and hash. */
  private readonly opened = new Set<string>();
  /** Those of them whose end was on the screen. */
  private readonly read = new Set<string>();

  constructor(options: ApprovalsOptions) {
    this.options = options;
  }

  async handle(message: ApprovalMessage): Promise<Outcome> {
    switch (message.type) {
      case 'decide':
        return message.decision === 'allow'
          ? await this.allow([message])
          : await this.deny(message, message.reason);
      case 'allowAll':
        return await this.allow(message.calls);
      case 'answerTool':
        return await this.answer(message, message.text, message.isError);
      case 'openInput':
        return await this.open(message);
      default:
        return assertNever(message);
    }
  }

  /** Allows all of these or, where one is not what was shown, none: what was agreed to is gone. */
  private async allow(calls: readonly SeenCall[]): Promise<Outcome> {
    const distinct = new Map(calls.map((call) => [call.eventId, call]));
    for (const call of calls) {
      const objection =
        distinct.get(call.eventId) === call ? this.objectionToAllow(call) : ('underWay' as const);
      if (objection !== undefined) {
        return this.refuse(objection);
      }
    }
    const events = calls.map(({ eventId }) => confirmation(this.askedId(eventId), 'allow'));
    return events.length === 0 ? this.refuse('stale') : await this.send(calls, events);
  }

  private async deny(call: SeenCall, reason: string): Promise<Outcome> {
    const objection = this.objection(call) ?? (this.isCustom(call) ? 'notConfirmable' : undefined);
    return objection === undefined
      ? await this.send([call], [confirmation(this.askedId(call.eventId), 'deny', reason)])
      : this.refuse(objection);
  }

  private async answer(call: SeenCall, text: string, isError: boolean): Promise<Outcome> {
    const objection = this.objection(call) ?? (this.isCustom(call) ? undefined : 'notConfirmable');
    if (objection !== undefined) {
      return this.refuse(objection);
    }
    const event: JsonObject = {
      type: 'user.custom_tool_result',
      custom_tool_use_id: this.askedId(call.eventId),
      // A text block must not be empty; a result may be.
      ...(text !== '' && { content: [{ type: 'text', text }] }),
      is_error: isError,
    };
    return await this.send([call], [event]);
  }

  private async open(call: SeenCall): Promise<Outcome> {
    const stored = this.options.store.get(call.eventId);
    if (stored === undefined || inputHash(stored.event) !== call.inputHash) {
      return this.refuse('stale');
    }
    const key = seenKey(call);
    await this.options.openInput(stored, () => this.read.add(key));
    this.opened.add(key);
    return { ok: true };
  }

  // ---- what is in the way ----

  private objection(call: SeenCall): Objection | undefined {
    const { transcript } = this.options;
    const event = this.eventOf(call);
    if (!transcript.pending.includes(call.eventId) || event === undefined) {
      return 'stale';
    }
    if (inputHash(event) !== call.inputHash) {
      return 'stale';
    }
    const { eventId } = call;
    const isAnswered = this.answered.has(eventId) && this.answered.get(eventId) === transcript.status;
    return isAnswered || this.sending.has(eventId) ? 'underWay' : undefined;
  }

  private objectionToAllow(call: SeenCall): Objection | undefined {
    const objection = this.objection(call) ?? (this.isCustom(call) ? 'notConfirmable' : undefined);
    if (objection !== undefined) {
      return objection;
    }
    const event = this.eventOf(call);
    const asked = event && callOf(event);
    const written = writeJson(asked?.input ?? {});
    if (asked === undefined || isNameCut(asked) || !written.complete) {
      return 'incomplete';
    }
    const key = seenKey(call);
    if (!isInputCut(written.text) || (this.opened.has(key) && this.read.has(key))) {
      return undefined;
    }
    return this.opened.has(key) ? 'unread' : 'unopened';
  }

  /** The id by which the server asked: nearly always that of the event. */
  private askedId(eventId: string): string {
    return this.options.transcript.askedId(eventId);
  }

  private eventOf({ eventId }: SeenCall): SessionEvent | undefined {
    return this.options.store.get(eventId)?.event;
  }

  private isCustom(call: SeenCall): boolean {
    return this.eventOf(call)?.type === 'agent.custom_tool_use';
  }

  // ---- what goes out ----

  private async send(calls: readonly SeenCall[], events: readonly JsonObject[]): Promise<Outcome> {
    const { transcript, send } = this.options;
    const { status } = transcript;
    const ids = calls.map(({ eventId }) => eventId);
    ids.forEach((id) => this.sending.add(id));
    try {
      const outcome = await send(events);
      if (outcome.ok) {
        // The echo may come later than the next press of a button.
        this.forgetAnswers();
        ids.forEach((id) => this.answered.set(id, status));
      }
      return outcome;
    } finally {
      ids.forEach((id) => this.sending.delete(id));
    }
  }

  /** Lets go of answers that the session has taken. */
  private forgetAnswers(): void {
    const pending = new Set(this.options.transcript.pending);
    for (const id of this.answered.keys()) {
      if (!pending.has(id)) {
        this.answered.delete(id);
      }
    }
  }

  private refuse(objection: Objection): Outcome {
    const { l10n } = this.options;
    switch (objection) {
      case 'stale':
      case 'notConfirmable':
        return refusal(
          objection,
          l10n.t('This call has changed or no longer waits for an answer. Nothing was sent.'),
        );
      case 'underWay':
        return refusal(objection, l10n.t('Your answer to this call is on its way already.'));
      case 'incomplete':
        return refusal(objection, l10n.t('This input cannot be shown completely. Nothing was allowed.'));
      case 'unopened':
        return refusal(objection, l10n.t('Open the whole input first. Nothing was allowed.'));
      case 'unread':
        return refusal(
          objection,
          l10n.t('Scroll to the end of the input in the editor first. Nothing was allowed.'),
        );
      default:
        return assertNever(objection);
    }
  }
}

function seenKey({ eventId, inputHash: hash }: SeenCall): string {
  return JSON.stringify([eventId, hash]);
}

function confirmation(eventId: string, result: 'allow' | 'deny', reason = ''): JsonObject {
  return {
    type: 'user.tool_confirmation',
    tool_use_id: eventId,
    result,
    ...(reason.trim() !== '' && { deny_message: reason }),
  };
}
