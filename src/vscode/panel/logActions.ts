import type { LogPort } from '../../eventLog/logPort.ts';
import type { L10n } from '../../l10n.ts';
import type { LogPageMessage } from '../../protocol/logMessages.ts';
import type { Outcome } from '../../protocol/messages.ts';
import type { EventStore, StoredEvent } from '../../stream/eventStore.ts';
import { completes } from '../../transcript/rowOf.ts';
import type { Transcript } from '../../transcript/transcript.ts';
import { pasteableId } from '../../util/pasteable.ts';
import type { BodyDocuments } from './bodyDocuments.ts';
import { copyOut } from './copyOut.ts';
import { refusal } from './refusal.ts';

export interface LogActionsOptions {
  readonly log: LogPort;
  readonly store: EventStore;
  readonly transcript: Transcript;
  readonly documents: BodyDocuments;
  readonly l10n: L10n;
  /** Shows a row of the conversation. */
  readonly reveal: (key: string) => void;
}

/** How far back a row of the conversation is sought for an event that has none. */
const MAX_STEPS = 10_000;

/** What a person can do with an event of the log, beyond looking at it. */
export class LogActions {
  private readonly options: LogActionsOptions;

  constructor(options: LogActionsOptions) {
    this.options = options;
  }

  async copy({ name, part }: Extract<LogPageMessage, { type: 'logCopy' }>): Promise<void> {
    const stored = this.options.log.find(name);
    if (stored !== undefined) {
      const { log, l10n } = this.options;
      await copyOut(part === 'id' ? pasteableId(stored.event.id ?? '') : log.json(stored), l10n);
    }
  }

  async openJson(name: string): Promise<void> {
    const stored = this.options.log.find(name);
    if (stored !== undefined) {
      await this.options.documents.open('event', this.options.log.json(stored), 'json');
    }
  }

  /** Shows the row of an event; that of the call for an answer to one, and for an event without a row the one before. */
  reveal(name: string): Outcome {
    const { log, l10n, reveal } = this.options;
    const stored = log.find(name);
    const key = stored && this.rowOf(stored);
    if (key === undefined) {
      return stored === undefined
        ? refusal('gone', l10n.t('This event is no longer held.'))
        : refusal('noRow', l10n.t('There is nothing in the conversation for this event.'));
    }
    reveal(key);
    return { ok: true };
  }

  private rowOf(stored: StoredEvent): string | undefined {
    const { store, transcript } = this.options;
    const answered = completes(stored.event);
    if (answered !== undefined && transcript.positionOf(answered) !== undefined) {
      return answered;
    }
    const last = Math.max(store.first, stored.position - MAX_STEPS);
    for (let position = stored.position; position >= last; position--) {
      const key = store.at(position)?.key;
      if (key !== undefined && transcript.positionOf(key) !== undefined) {
        return key;
      }
    }
    return undefined;
  }
}
