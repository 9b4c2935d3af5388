import type * as vscode from 'vscode';
import type { ManagedAgentsClient } from '../api/client.ts';
import type { Connection } from '../api/connection.ts';
import type { Redactor } from '../api/http/redact.ts';
import type { FirstSteps } from './services/firstSteps.ts';
import type { Attention } from '../browse/attention.ts';
import type { Presence } from '../contract/contractReport.ts';
import type { L10n } from '../l10n.ts';
import type { Clock } from '../util/clock.ts';
import type { Event } from '../util/emitter.ts';

/** The log of the extension. Everything written here is redacted first. */
export interface ShellLog {
  trace(message: string): void;
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  /** A thrown value may be passed along; its message and causes are written, never its own fields. */
  error(message: string, error?: unknown): void;
  /** Brings the log to the front. Only ever on the user's own wish. */
  show(): void;
}

/** The places that can be talked to. */
export interface Connections {
  /** The one that the tree shows and that commands use when nothing else is named. */
  readonly active: Connection;
  /** Presets, the sandbox while it runs, and the user's own, in this order. */
  readonly all: readonly Connection[];
  /** The embedded sandbox while it runs. */
  readonly sandbox: Connection | undefined;
  byId(id: string): Connection | undefined;
  /** The list or the active one changed. */
  readonly onDidChange: Event<void>;
}

export interface Clients {
  /** The client for a connection: one per address and manner of signing in, made at first use. Cheap. */
  for(connection: Connection): ManagedAgentsClient;
}

/** Which key changed. A changed key's origin is part of its identity: keys never travel to another one. */
export interface KeyChange {
  readonly connectionId: string;
  readonly origin: string;
  readonly kind: 'set' | 'removed';
}

/** What is known of a key without saying it. `unavailable`: the editor's secret store failed or did not answer. */
export type KeyPresence = 'present' | 'absent' | 'unavailable';

export interface Keys {
  /** Looks the key of a connection up. Never rejects; asks the editor's secret store at first use only. */
  presence(connection: Connection): Promise<KeyPresence>;
  /** A key was set or removed, here or in another window. Streams of a removed key must end. */
  readonly onDidChange: Event<KeyChange>;
}

/** What the last answers said about the key of a connection. */
export type AuthState = 'unknown' | 'noKey' | 'rejected' | 'ok';

export interface AuthStates {
  of(connection: Connection): AuthState;
  readonly onDidChange: Event<Connection>;
}

/** Where an error happened, for its text. */
export interface ErrorContext {
  readonly connection: Connection;
  /** What was being attempted, as a noun phrase in the user's language: "the list of sessions". */
  readonly what?: string | undefined;
  /** Offered as the button Retry. */
  readonly retry?: (() => void) | undefined;
}

export interface Notify {
  /** Shows why something failed, with buttons that help. Cancellation is silent. Resolves when it is answered. */
  error(error: unknown, context: ErrorContext): Promise<void>;
  info(message: string): void;
  /** @param button what helps, where something does. */
  warn(message: string, button?: { readonly title: string; readonly run: () => void }): void;
}

/** What servers are known to offer. */
interface Offers {
  /** @param operation as the contract names it: `GET /agents/{agent_id}/versions`. */
  of(connection: Connection, operation: string): Presence;
  note(connection: Connection, operation: string, presence: 'present' | 'absent'): void;
  readonly onDidChange: Event<Connection>;
}

/** Tells the views that something on a server is not as they last saw it. */
export interface Changes {
  /** Sessions of a connection changed: a new one, an archived one, another status. */
  refresh(connectionId: string): void;
}

/** Everything that commands, panels and checks need of the editor's side. Built once, in `parts.ts`. */
export interface Shell {
  readonly extensionUri: vscode.Uri;
  readonly log: ShellLog;
  readonly redactor: Redactor;
  readonly l10n: L10n;
  readonly clock: Clock;
  readonly connections: Connections;
  readonly clients: Clients;
  readonly keys: Keys;
  readonly auth: AuthStates;
  readonly offers: Offers;
  readonly notify: Notify;
  readonly sessions: Changes;
  /** Which sessions run or wait for the user, as far as it is known. */
  readonly attention: Attention;
  /** The steps of the walkthrough that really happened. */
  readonly steps: Pick<FirstSteps, 'did'>;
  /** Small things to remember on this machine, for all windows; never synced, never a secret. */
  readonly globalState: vscode.Memento;
  /** Small things to remember for this window's folder. */
  readonly workspaceState: vscode.Memento;
}
