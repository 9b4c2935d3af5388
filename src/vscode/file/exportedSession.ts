import { ManagedAgentsClient } from '../../api/client.ts';
import type { Connection } from '../../api/connection.ts';
import { ApiError } from '../../api/errors.ts';
import { HttpCaller } from '../../api/http/caller.ts';
import { decodeSession, type Session } from '../../api/resources/session.ts';
import type { FeedLease } from '../../stream/feedHub.ts';
import { RecordedSource } from '../../stream/recordedSource.ts';
import { SessionFeed } from '../../stream/sessionFeed.ts';
import type { ReadExport } from '../../transcript/export/readExport.ts';
import { asObject, asText, field } from '../../util/json.ts';
import type { Shell } from '../shell.ts';

/** Stands for an address that is not known. */
const NOWHERE = 'file://';

/** A session out of a file, as the parts of a panel know sessions. Nothing of it leads to a network. */
export interface ExportedSession {
  readonly connection: Connection;
  readonly sessionId: string;
  readonly title: string | undefined;
  /** The shell with a client that refuses everything. */
  readonly shell: Shell;
  readonly lease: FeedLease;
}

/** @param name what the file is called; @param id tells it from others. */
export function exportedSession(
  shell: Shell,
  name: string,
  id: string,
  { facts, session: described, events }: ReadExport,
): ExportedSession {
  const session: Session =
    decodeSession(described) ?? decodeSession({ id: sessionIdIn(events) ?? 'session' }) ?? unnamed;
  const from = asObject(field(facts, 'connection'));
  const connection: Connection = {
    id: `file:${id}`,
    // Where it was, for those who read on or export it again; nothing is ever asked there.
    name: asText(field(from, 'name'))?.slice(0, 200) ?? name,
    origin: webOrigin(asText(field(from, 'origin')) ?? ''),
    prefix: '',
    auth: 'bearer',
    version: '',
    betas: [],
    readOnly: true,
  };
  const feed = new SessionFeed({
    source: new RecordedSource(session, events),
    sessionId: session.id,
    clock: shell.clock,
    random: Math.random,
    readFrom: 'beginning',
    isRecording: true,
  });
  return {
    connection,
    sessionId: session.id,
    title: session.title ?? (described === undefined ? name : undefined),
    shell: {
      ...shell,
      clients: { for: () => refusingClient(connection, shell) },
      connections: {
        active: shell.connections.active,
        all: shell.connections.all,
        sandbox: shell.connections.sandbox,
        onDidChange: shell.connections.onDidChange,
        byId: (wanted) => (wanted === connection.id ? connection : shell.connections.byId(wanted)),
      },
    },
    lease: leaseOf(feed),
  };
}

const unnamed: Session = {
  id: 'session',
  title: undefined,
  agent: { id: undefined, name: undefined, model: undefined, version: undefined },
  environmentId: undefined,
  status: 'other',
  statusText: undefined,
  createdAt: undefined,
  updatedAt: undefined,
  archivedAt: undefined,
  raw: {},
};

function webOrigin(text: string): string {
  const isWeb = /^https?:\/\//i.test(text) && URL.canParse(text);
  return isWeb ? new URL(text).origin : NOWHERE;
}

/** Some servers name the session in each event. */
function sessionIdIn(events: ReadExport['events']): string | undefined {
  return asText(field(asObject(events[0]?.raw), 'session_id'));
}

/** The same kind of client as everywhere, over a transport that carries nothing. */
function refusingClient(connection: Connection, { clock }: Shell): ManagedAgentsClient {
  return new ManagedAgentsClient(
    connection,
    new HttpCaller({
      connection,
      clock,
      random: Math.random,
      key: () => Promise.resolve(undefined),
      transport: {
        request: () => Promise.reject(new ApiError('readOnly', { sent: false })),
        dispose: () => undefined,
      },
    }),
  );
}

function leaseOf(feed: SessionFeed): FeedLease {
  return {
    feed,
    setVisible: (isVisible) => {
      if (isVisible && feed.status.state.kind === 'stopped') {
        feed.start();
      }
    },
    dispose: () => feed.dispose(),
  };
}
