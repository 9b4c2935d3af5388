import type { Connection } from '../../api/connection.ts';
import type { Outcome, PageMessage } from '../../protocol/messages.ts';
import type { SessionFeed } from '../../stream/sessionFeed.ts';
import { describeError } from '../../text/describeError.ts';
import { sentences } from '../../text/explanation.ts';
import { inputHash } from '../../transcript/inputHash.ts';
import { writeJson } from '../../transcript/prettyJson.ts';
import type { Transcript } from '../../transcript/transcript.ts';
import { field, type JsonObject } from '../../util/json.ts';
import type { Shell } from '../shell.ts';

export interface SteeringOptions {
  readonly shell: Shell;
  readonly connection: Connection;
  readonly feed: SessionFeed;
  readonly transcript: Transcript;
}

/** What a person can tell a session from its panel. Each call says what came of it, for the place of the action. */
export class Steering {
  private readonly options: SteeringOptions;
  /** Calls whose decision or answer is on its way; a second one would contradict it. */
  private readonly answering = new Set<string>();

  constructor(options: SteeringOptions) {
    this.options = options;
  }

  async message(text: string): Promise<Outcome> {
    if (text.trim() === '') {
      return refusal('empty', this.options.shell.l10n.t('There is nothing to send.'));
    }
    return await this.send([{ type: 'user.message', content: [{ type: 'text', text }] }]);
  }

  async interrupt(): Promise<Outcome> {
    return await this.send([{ type: 'user.interrupt' }]);
  }

  /** A decision counts for exactly the input that was on the screen, and only while the call waits for one. */
  async decide(message: Extract<PageMessage, { type: 'decide' }>): Promise<Outcome> {
    const { eventId, decision, reason } = message;
    const call = this.waitingCall(eventId);
    if (call === undefined || inputHash(call) !== message.inputHash) {
      return this.stale();
    }
    if (decision === 'allow' && !writeJson(field(call.body, 'input') ?? {}).complete) {
      const { l10n } = this.options.shell;
      return refusal('incomplete', l10n.t('This input cannot be shown completely. Nothing was allowed.'));
    }
    const isReasonGiven = decision === 'deny' && reason.trim() !== '';
    return await this.answer(eventId, {
      type: 'user.tool_confirmation',
      tool_use_id: eventId,
      result: decision,
      ...(isReasonGiven && { deny_message: reason }),
    });
  }

  /** Gives the result of a tool that runs on this side. */
  async answerTool(eventId: string, text: string, isError: boolean): Promise<Outcome> {
    if (this.waitingCall(eventId)?.type !== 'agent.custom_tool_use') {
      return this.stale();
    }
    return await this.answer(eventId, {
      type: 'user.custom_tool_result',
      custom_tool_use_id: eventId,
      content: [{ type: 'text', text }],
      is_error: isError,
    });
  }

  private waitingCall(eventId: string) {
    const { feed, transcript } = this.options;
    const isWaiting = transcript.pending.includes(eventId) && !this.answering.has(eventId);
    return isWaiting ? feed.store.get(eventId)?.event : undefined;
  }

  private async answer(eventId: string, event: JsonObject): Promise<Outcome> {
    this.answering.add(eventId);
    try {
      return await this.send([event]);
    } finally {
      this.answering.delete(eventId);
    }
  }

  private async send(events: readonly JsonObject[]): Promise<Outcome> {
    const { shell, connection, feed } = this.options;
    const outcome = await feed.send(events);
    shell.sessions.refresh(connection.id);
    if (outcome.kind === 'sent') {
      return { ok: true };
    }
    // The page keeps the text where it was written, with the error beside it; one copy is enough.
    outcome.keys.forEach((key) => feed.discard(key));
    const where = { connection: connection.name, origin: connection.origin };
    const { title, why, next } = describeError(outcome.error, where, shell.l10n);
    return refusal(outcome.error.reason, shell.redactor.redact(sentences(title, why, next)));
  }

  private stale(): Outcome {
    return refusal(
      'stale',
      this.options.shell.l10n.t('This call has changed or no longer waits for an answer. Nothing was sent.'),
    );
  }
}

export function refusal(code: string, message: string): Outcome {
  return { ok: false, code, message };
}
