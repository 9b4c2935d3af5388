import type { Connection } from '../../api/connection.ts';
import type { SessionHeader } from '../../protocol/messages.ts';
import type { FeedLease } from '../../stream/feedHub.ts';
import type { BodySource } from '../../transcript/export/rowMarkdown.ts';
import { Transcript } from '../../transcript/transcript.ts';
import type { Disposable } from '../../util/disposable.ts';
import { asObject, field } from '../../util/json.ts';
import { headerOf } from './headerOf.ts';
import type { SessionFeeds } from './sessionFeeds.ts';

/** A session held for somebody who writes it down: live, with its transcript, until it is let go. */
export class SessionReading implements Disposable {
  readonly connection: Connection;
  readonly sessionId: string;
  readonly lease: FeedLease;
  readonly transcript: Transcript;
  private readonly knownTitle: string | undefined;

  constructor(
    feeds: Pick<SessionFeeds, 'acquire'>,
    connection: Connection,
    sessionId: string,
    knownTitle?: string,
  ) {
    this.connection = connection;
    this.sessionId = sessionId;
    this.knownTitle = knownTitle;
    this.lease = feeds.acquire(connection, sessionId);
    this.transcript = new Transcript(this.lease.feed);
  }

  get bodies(): BodySource {
    const { feed } = this.lease;
    return {
      event: (key) => feed.store.get(key),
      resultOf: (id) => this.transcript.resultOf(id),
    };
  }

  /** What the session is called and does now. */
  header(): SessionHeader {
    const { transcript, lease, connection, sessionId, knownTitle } = this;
    const { session, status } = lease.feed;
    return headerOf({
      connection,
      sessionId,
      knownTitle,
      session,
      names: { agent: session?.agent.name, model: session?.agent.model, environment: undefined },
      status: transcript.status,
      pending: transcript.pending,
      usage: asObject(field(transcript.usage?.event.body, 'usage')),
      feed: status,
      isStopping: false,
    });
  }

  dispose(): void {
    this.transcript.dispose();
    this.lease.dispose();
  }
}
