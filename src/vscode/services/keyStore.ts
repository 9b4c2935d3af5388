import { type Connection, SANDBOX_ID } from '../../api/connection.ts';
import type { Redactor } from '../../api/http/redact.ts';
import type { Clock } from '../../util/clock.ts';
import { type Disposable, DisposableStore } from '../../util/disposable.ts';
import { Emitter } from '../../util/emitter.ts';
import type { KeyChange, KeyPresence, Keys, ShellLog } from '../shell.ts';

/** What this store needs of the editor's SecretStorage. */
export interface SecretStore {
  get(name: string): PromiseLike<string | undefined>;
  store(name: string, value: string): PromiseLike<void>;
  delete(name: string): PromiseLike<void>;
  /** The names of all that is stored; an older editor has no such question. */
  keys?(): PromiseLike<readonly string[]>;
  onDidChange(listener: (change: { readonly key: string }) => void): Disposable;
}

export interface KeyStoreOptions {
  readonly secrets: SecretStore;
  readonly redactor: Redactor;
  readonly clock: Clock;
  readonly log: ShellLog;
}

/** A keyring can wait for its own password dialog, or never answer at all. */
const PATIENCE_MS = 5_000;
const NAME_PREFIX = 'managedAgents.key.v1:';

type LookUp =
  | { readonly kind: 'present'; readonly key: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unavailable' };

/** How keeping a key went. `failed`: it is not kept; `lost`: the store said yes and then did not have it. */
export type Kept = 'kept' | 'failed' | 'lost';

/**
 * The keys. Each is kept by the editor's secret store under the id and the origin of its connection, so a
 * connection that moves to another origin has no key there. In memory a key lives from its first use.
 */
export class KeyStore implements Keys, Disposable {
  private readonly options: KeyStoreOptions;
  private readonly disposables = new DisposableStore();
  private readonly changed: Emitter<KeyChange>;
  /** What was read or set, by secret name. */
  private readonly known = new Map<string, LookUp>();
  /** Keys that live in this window only: the sandbox's, one from the environment, one that could not be stored. */
  private readonly windowOnly = new Map<string, string>();
  /** Questions to the store that it has not answered yet. */
  private readonly asking = new Map<string, Promise<LookUp>>();
  /** Questions that ran out of patience; asked again only when the store speaks up. */
  private readonly overdue = new Set<string>();

  /** How often the store was asked for a secret: not once, as long as nobody has used a key. */
  questions = 0;

  constructor(options: KeyStoreOptions) {
    this.options = options;
    this.changed = this.disposables.add(
      new Emitter<KeyChange>((error) => options.log.error('A listener to keys failed', error)),
    );
    this.disposables.add(options.secrets.onDidChange(({ key }) => this.onStoreChanged(key)));
  }

  get onDidChange() {
    return this.changed.event;
  }

  async presence(connection: Connection): Promise<KeyPresence> {
    return (await this.lookUp(secretName(connection))).kind;
  }

  /** The key itself, for a request's header. Nobody else may ask. */
  async get(connection: Connection): Promise<string | undefined> {
    const found = await this.lookUp(secretName(connection));
    return found.kind === 'present' ? found.key : undefined;
  }

  /** Keeps a key in the editor's store and reads it back. What is not kept is not used either. */
  async set(connection: Connection, key: string): Promise<Kept> {
    const name = secretName(connection);
    this.options.redactor.learn(key);
    try {
      await this.inTime(this.options.secrets.store(name, key));
    } catch (error) {
      this.options.log.error('The secret store did not take the key', error);
      return 'failed';
    }
    const back = await this.read(name);
    if (back.kind !== 'present' || back.key !== key) {
      this.options.log.warn('The secret store took the key and does not give it back');
      return 'lost';
    }
    this.windowOnly.delete(name);
    this.settle(name, back);
    this.tell(connection.id, connection.origin, 'set');
    return 'kept';
  }

  /** Keeps a key in memory until the window closes. */
  keepForWindow(connection: Connection, key: string): void {
    this.options.redactor.learn(key);
    this.windowOnly.set(secretName(connection), key);
    this.tell(connection.id, connection.origin, 'set');
  }

  /** Drops a key that lives in this window only, without a question to the store. */
  release(connection: Connection): void {
    if (this.windowOnly.delete(secretName(connection))) {
      this.tell(connection.id, connection.origin, 'removed');
    }
  }

  /** Forgets a key everywhere. False where the store failed to delete it, and it may come back. */
  async remove(connection: Connection): Promise<boolean> {
    const name = secretName(connection);
    this.windowOnly.delete(name);
    this.settle(name, { kind: 'absent' });
    this.tell(connection.id, connection.origin, 'removed');
    try {
      await this.inTime(this.options.secrets.delete(name));
      return true;
    } catch (error) {
      this.options.log.error('The secret store did not delete the key', error);
      return false;
    }
  }

  /**
   * Takes a key along to another name of the same connection. Never to another address: a key belongs to the
   * one that it was given for. In this window the old name keeps it, for what is open under it.
   * @returns whether there is a key under the new name now.
   */
  async rename(from: Connection, to: Connection): Promise<boolean> {
    if (from.origin !== to.origin) {
      throw new TypeError('A key never moves to another address');
    }
    const found = await this.lookUp(secretName(from));
    if (found.kind !== 'present') {
      return false;
    }
    this.windowOnly.set(secretName(from), found.key);
    if ((await this.set(to, found.key)) !== 'kept') {
      this.keepForWindow(to, found.key);
    }
    try {
      await this.inTime(this.options.secrets.delete(secretName(from)));
    } catch (error) {
      this.options.log.error('The secret store did not delete the key', error);
    }
    return true;
  }

  /** Deletes every key of this extension, of connections that are gone included. The sandbox's own stays. */
  async removeAll(): Promise<{ readonly removed: readonly string[]; readonly failed: readonly string[] }> {
    const mine = [...this.windowOnly.keys()].filter(
      (name) => !name.startsWith(`${NAME_PREFIX}${SANDBOX_ID}:`),
    );
    const known = [...this.known].flatMap(([name, found]) => (found.kind === 'present' ? [name] : []));
    const stored = await this.storedNames();
    const removed: string[] = [];
    const failed: string[] = [];
    for (const name of new Set([...mine, ...known, ...stored])) {
      this.windowOnly.delete(name);
      this.settle(name, { kind: 'absent' });
      this.tellByName(name, 'removed');
      try {
        await this.inTime(this.options.secrets.delete(name));
        removed.push(name.slice(NAME_PREFIX.length));
      } catch (error) {
        this.options.log.error('The secret store did not delete a key', error);
        failed.push(name.slice(NAME_PREFIX.length));
      }
    }
    return { removed, failed };
  }

  private async storedNames(): Promise<readonly string[]> {
    try {
      const names = await this.inTime(this.options.secrets.keys?.() ?? Promise.resolve([]));
      return names.filter((name) => name.startsWith(NAME_PREFIX));
    } catch (error) {
      this.options.log.error('The secret store does not list its keys', error);
      return [];
    }
  }

  dispose(): void {
    this.disposables.dispose();
    this.known.clear();
    this.windowOnly.clear();
  }

  private async lookUp(name: string): Promise<LookUp> {
    const mine = this.windowOnly.get(name);
    if (mine !== undefined) {
      return { kind: 'present', key: mine };
    }
    const known = this.known.get(name);
    if (known !== undefined) {
      return known;
    }
    if (this.overdue.has(name)) {
      return { kind: 'unavailable' };
    }
    const question = this.asking.get(name) ?? this.ask(name);
    return await this.inTime(question).catch((error: unknown): LookUp => {
      this.options.log.error('The secret store does not answer', error);
      this.overdue.add(name);
      return { kind: 'unavailable' };
    });
  }

  /** Asks the store; its answer counts even when it comes after everybody has stopped waiting. */
  private ask(name: string): Promise<LookUp> {
    const question = this.read(name).then((answer) => {
      if (this.asking.get(name) !== question) {
        return this.known.get(name) ?? answer;
      }
      this.asking.delete(name);
      if (answer.kind !== 'unavailable') {
        this.known.set(name, answer);
      }
      if (this.overdue.delete(name) && answer.kind === 'present') {
        this.tellByName(name, 'set');
      }
      return answer;
    });
    this.asking.set(name, question);
    return question;
  }

  private async read(name: string): Promise<LookUp> {
    this.questions++;
    try {
      const key = await this.options.secrets.get(name);
      if (key === undefined || key === '') {
        return { kind: 'absent' };
      }
      this.options.redactor.learn(key);
      return { kind: 'present', key };
    } catch (error) {
      this.options.log.error('The secret store failed to read', error);
      return { kind: 'unavailable' };
    }
  }

  /** Replaces what is known, and makes an answer that is still on its way count for nothing. */
  private settle(name: string, found: LookUp): void {
    this.asking.delete(name);
    this.overdue.delete(name);
    this.known.set(name, found);
  }

  /** Another window, or this one, changed a secret. */
  private onStoreChanged(name: string): void {
    if (!name.startsWith(NAME_PREFIX)) {
      return;
    }
    const before = this.known.get(name);
    if (before === undefined && !this.overdue.has(name)) {
      return; // never used in this window: nobody can hold an old value
    }
    void this.read(name).then((now) => {
      if (now.kind === 'unavailable' || isSame(before, now)) {
        return;
      }
      this.settle(name, now);
      if (!this.windowOnly.has(name)) {
        this.tellByName(name, now.kind === 'present' ? 'set' : 'removed');
      }
    });
  }

  private tellByName(name: string, kind: KeyChange['kind']): void {
    const rest = name.slice(NAME_PREFIX.length);
    // An origin holds `://` once, after a scheme of letters; the id before it holds no colon-slash-slash.
    const match = /^(.*):(https?:\/\/[^/]+)$/.exec(rest);
    if (match?.[1] !== undefined && match[2] !== undefined) {
      this.tell(match[1], match[2], kind);
    }
  }

  private tell(connectionId: string, origin: string, kind: KeyChange['kind']): void {
    this.changed.fire({ connectionId, origin, kind });
  }

  private async inTime<T>(work: PromiseLike<T>): Promise<T> {
    let timer: Disposable | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = this.options.clock.after(PATIENCE_MS, () => reject(new Error('No answer in time')));
    });
    try {
      return await Promise.race([work, late]);
    } finally {
      timer?.dispose();
    }
  }
}

function secretName(connection: Connection): string {
  return `${NAME_PREFIX}${connection.id}:${connection.origin}`;
}

function isSame(before: LookUp | undefined, now: LookUp): boolean {
  return (
    before?.kind === now.kind &&
    (before.kind !== 'present' || now.kind !== 'present' || before.key === now.key)
  );
}
