import { randomUUID } from 'node:crypto';
import type { ApiError } from '../api/errors.ts';
import { decodeEvent, type SessionEvent } from '../api/resources/event.ts';
import type { JsonObject } from '../util/json.ts';
import { contentDigest } from './eventIdentity.ts';
import type { EventStore } from './eventStore.ts';

/** What became of something that was sent. */
export type SendOutcome =
  | { readonly kind: 'sent' }
  | {
      readonly kind: 'failed';
      readonly error: ApiError;
      /** The entries that stay in the outbox with this error until they are discarded. */
      readonly keys: readonly string[];
      /** True where nothing could tell whether the server has the events. */
      readonly isUnclear: boolean;
    };

/** An event on its way to the server, shown until the server's own copy takes its place. */
export interface Outgoing {
  readonly key: string;
  readonly event: JsonObject;
  /** `checking`: the connection broke and only history can tell whether the server has it. */
  readonly state: 'sending' | 'checking' | 'sent' | 'failed';
  readonly error: ApiError | undefined;
  readonly at: number;
}

interface Entry extends Outgoing {
  state: Outgoing['state'];
  error: ApiError | undefined;
  /** The server's id for it, once an answer has said so. */
  id: string | undefined;
  readonly digest: string;
  /** End of the store when it was sent: its echo comes behind. */
  readonly sentAtEnd: number;
}

/** So many sent events are remembered with what they became: for pages that know them by their old key. */
const REMEMBERED = 200;

/**
 * The events that this client has sent and not yet seen come back. Holds the rule that nothing is posted
 * twice: whether an unclear POST arrived is settled by looking for its echo, never by posting again.
 */
export class Outbox {
  private readonly entries = new Map<string, Entry>();
  /** Echoes that have settled an entry already, kept while others still wait for theirs. */
  private readonly claimed = new Set<string>();
  private readonly store: EventStore;
  private readonly onChange: () => void;
  /** Keys of entries that are settled, with the keys that their events have in the store; newest last. */
  private readonly echoes = new Map<string, string>();
  /** No server can know it, so no event of a server can pass for one of ours by its id. */
  private readonly secret = randomUUID();
  private count = 0;

  constructor(store: EventStore, onChange: () => void) {
    this.store = store;
    this.onChange = onChange;
  }

  get current(): readonly Outgoing[] {
    return [...this.entries.values()];
  }

  has(key: string): boolean {
    return this.entries.has(key);
  }

  add(event: JsonObject, now: number): string {
    const key = `out-${this.count++}-${this.secret}`;
    const decoded = decodeEvent(event);
    const digest = decoded === undefined ? '' : echoDigest(decoded.body);
    this.entries.set(key, {
      key,
      event,
      state: 'sending',
      error: undefined,
      id: undefined,
      at: now,
      digest,
      sentAtEnd: this.store.end,
    });
    this.onChange();
    return key;
  }

  mark(key: string, state: Outgoing['state'], error?: ApiError): void {
    const entry = this.entries.get(key);
    if (entry !== undefined && entry.state !== state) {
      entry.state = state;
      entry.error = error;
      this.onChange();
    }
  }

  /** The server has answered by which id it knows an entry. */
  identify(key: string, id: string): void {
    const entry = this.entries.get(key);
    if (entry !== undefined) {
      entry.id = id;
    }
  }

  /** The key in the store of what was sent under a key of the outbox, once it has come back. */
  echoOf(key: string): string | undefined {
    return this.echoes.get(key);
  }

  remove(key: string): void {
    if (this.entries.delete(key)) {
      this.onChange();
    }
  }

  /**
   * Takes out every entry whose echo the store now holds. Two equal messages need two echoes.
   * @returns the keys that were settled.
   */
  settle(): readonly string[] {
    const settled: string[] = [];
    for (const entry of this.entries.values()) {
      if (entry.state === 'failed') {
        continue;
      }
      const echo = this.findEcho(entry);
      if (echo !== undefined) {
        this.claimed.add(echo);
        this.remember(entry.key, echo);
        settled.push(entry.key);
      }
    }
    for (const key of settled) {
      this.entries.delete(key);
    }
    if (this.entries.size === 0) {
      this.claimed.clear();
    }
    if (settled.length > 0) {
      this.onChange();
    }
    return settled;
  }

  private remember(key: string, echo: string): void {
    this.echoes.set(key, echo);
    const oldest = this.echoes.keys().next().value;
    if (this.echoes.size > REMEMBERED && oldest !== undefined) {
      this.echoes.delete(oldest);
    }
  }

  private findEcho(entry: Entry): string | undefined {
    // A server may store what was sent in another form, a picture as a file: its own word for the id counts.
    const named = entry.id === undefined ? undefined : this.store.get(entry.id);
    if (named !== undefined) {
      return named.key;
    }
    for (let position = Math.max(entry.sentAtEnd, this.store.first); position < this.store.end; position++) {
      const stored = this.store.at(position);
      if (
        stored?.event.type.startsWith('user.') === true &&
        !this.claimed.has(stored.key) &&
        digestOf(stored.event) === entry.digest
      ) {
        return stored.key;
      }
    }
    return undefined;
  }
}

/** Looked for anew with each event that comes, and a message with pictures is long. */
const digests = new WeakMap<SessionEvent, string>();

function digestOf(event: SessionEvent): string {
  const known = digests.get(event) ?? echoDigest(event.body);
  digests.set(event, known);
  return known;
}

/** Fields that a server adds to an event when it echoes it. */
const SERVER_FIELDS: ReadonlySet<string> = new Set([
  'id',
  'message_id',
  'seq',
  'sequence',
  'payload',
  'session_thread_id',
  'outcome_id',
]);

function echoDigest(body: JsonObject): string {
  const own = Object.fromEntries(
    Object.entries(body).filter(([name, value]) => !SERVER_FIELDS.has(name) && value !== null),
  );
  const decoded = decodeEvent(own);
  return decoded === undefined ? '' : contentDigest({ ...decoded, body: own });
}
