import type { Connection } from '../../api/connection.ts';
import type { Outcome } from '../../protocol/messages.ts';
import type { SessionFeed } from '../../stream/sessionFeed.ts';
import { describeError } from '../../text/describeError.ts';
import { sentences } from '../../text/explanation.ts';
import type { JsonObject } from '../../util/json.ts';
import type { Shell } from '../shell.ts';
import { refusal } from './refusal.ts';

export interface SteeringOptions {
  readonly shell: Shell;
  readonly connection: Connection;
  readonly feed: SessionFeed;
}

/** What a person can tell a session from its panel. Each call says what came of it, for the place of the action. */
export class Steering {
  private readonly options: SteeringOptions;

  constructor(options: SteeringOptions) {
    this.options = options;
  }

  /**
   * Sends a message: the text first, then what is attached to it.
   * @param interrupt whether the agent is to drop what it does now. Both travel in one request: no server can
   * take the one and not the other.
   */
  async message(text: string, attached: readonly JsonObject[] = [], interrupt = false): Promise<Outcome> {
    const { l10n } = this.options.shell;
    const words: readonly JsonObject[] = text.trim() === '' ? [] : [{ type: 'text', text }];
    const content = [...words, ...attached];
    if (content.length === 0) {
      return refusal('empty', l10n.t('There is nothing to send.'));
    }
    const message: JsonObject = { type: 'user.message', content };
    const outcome = await this.send(interrupt ? [{ type: 'user.interrupt' }, message] : [message]);
    if (outcome.ok || !interrupt || !isServersNo(outcome.code)) {
      return outcome;
    }
    const hint = l10n.t(
      'Neither the message nor the interrupt took effect. You can queue the message instead.',
    );
    return refusal(outcome.code, sentences(outcome.message, hint));
  }

  async interrupt(): Promise<Outcome> {
    return await this.send([{ type: 'user.interrupt' }]);
  }

  /** Posts events, all or none. */
  async send(events: readonly JsonObject[]): Promise<Outcome> {
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
    const unclear = outcome.isUnclear
      ? shell.l10n.t('It may have arrived all the same: look at the conversation before you send it again.')
      : '';
    return refusal(outcome.error.reason, shell.redactor.redact(sentences(title, why, next, unclear)));
  }
}

/** Whether the server understood the request and did not want it as it was. */
function isServersNo(code: string): boolean {
  return code === 'invalid' || code === 'conflict' || code === 'notOffered' || code === 'refusedByServer';
}
