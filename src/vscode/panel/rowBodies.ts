import type { L10n } from '../../l10n.ts';
import type { BodyPart } from '../../protocol/messages.ts';
import type { BlockPart } from '../../protocol/readingMessages.ts';
import type { SessionFeed } from '../../stream/sessionFeed.ts';
import type { StoredEvent } from '../../stream/eventStore.ts';
import { spelledOut } from '../../text/spelledOut.ts';
import { visible, withoutIcons } from '../../text/visible.ts';
import {
  attachmentAt,
  type Body,
  editBodies,
  inputBody,
  messageBody,
  rawBody,
  resultBody,
} from '../../transcript/bodies.ts';
import type { TextSpan } from '../../transcript/searchNearest.ts';
import { callOf } from '../../transcript/toolCall.ts';
import type { Transcript } from '../../transcript/transcript.ts';
import { assertNever } from '../../util/assertNever.ts';
import type { BodyDocuments } from './bodyDocuments.ts';
import { copyOut } from './copyOut.ts';
import { openAttachment } from './openAttachment.ts';

/** What names the documents of a session. */
export interface BodyNames {
  readonly l10n: L10n;
  readonly sessionTitle: () => string;
}

/** Opens and copies what the rows of a session stand for, whole, where the page could show only a part. */
export class RowBodies {
  private readonly feed: SessionFeed;
  private readonly transcript: Transcript;
  private readonly documents: BodyDocuments;
  private readonly names: BodyNames;

  constructor(feed: SessionFeed, transcript: Transcript, documents: BodyDocuments, names: BodyNames) {
    this.feed = feed;
    this.transcript = transcript;
    this.documents = documents;
    this.names = names;
  }

  async open(key: string, part: BodyPart): Promise<void> {
    if (part === 'diff') {
      await this.openDiff(key);
      return;
    }
    const stored = this.feed.store.get(key);
    const body = stored && this.body(stored, part);
    if (stored !== undefined && body !== undefined) {
      await this.documents.open(this.nameOf(stored, part), body.text, body.language);
    }
  }

  /** Opens the whole input of a call for somebody who decides about it; tells when its end was on the screen. */
  async openToDecide(call: StoredEvent, whenRead: () => void): Promise<void> {
    const text = spelledOut(inputBody(call).text, this.names.l10n);
    await this.documents.openToRead(this.nameOf(call, 'input'), text, whenRead);
  }

  /** Opens a body with a piece of it selected, where `find` knows one. */
  async openAt(
    key: string,
    part: Exclude<BodyPart, 'diff'>,
    find: (text: string) => TextSpan | undefined,
  ): Promise<void> {
    const stored = this.feed.store.get(key);
    const own = stored && this.body(stored, part);
    const isThere = own !== undefined && find(own.text) !== undefined;
    // What is not in the body is in the event: a name, an address, what somebody decided.
    const body = stored && !isThere ? rawBody(stored) : own;
    if (stored !== undefined && body !== undefined) {
      const name = this.nameOf(stored, isThere ? part : 'raw');
      await this.documents.open(name, body.text, body.language, find(body.text));
    }
  }

  async copy(key: string, part: BodyPart): Promise<void> {
    const stored = this.feed.store.get(key);
    const body = stored && this.body(stored, part);
    if (body !== undefined) {
      await copyOut(body.text, this.names.l10n);
    }
  }

  /** Opens one image or document of a row. */
  async openBlock(key: string, part: BlockPart, index: number): Promise<void> {
    const stored = this.feed.store.get(key);
    const body = part === 'result' ? this.resultOf(stored)?.body : stored?.event.body;
    const attachment = body && attachmentAt(body, index);
    if (attachment !== undefined) {
      await openAttachment(attachment, this.documents);
    }
  }

  private async openDiff(key: string): Promise<void> {
    const stored = this.feed.store.get(key);
    const edit = stored === undefined ? undefined : editBodies(stored);
    if (edit !== undefined) {
      const { l10n, sessionTitle } = this.names;
      const title = l10n.t('{file}: diff of the edit in “{session}”', {
        file: label(edit.path.split(/[/\\]/).pop() ?? edit.path, 80),
        session: label(sessionTitle(), 60),
      });
      await this.documents.diff(edit.path, edit.before, edit.after, title);
    }
  }

  /** What the tab of a document says: the tool, or the kind of event, and which part of it. */
  private nameOf({ event }: StoredEvent, part: Exclude<BodyPart, 'diff'>): string {
    const { l10n } = this.names;
    switch (part) {
      case 'text':
        return l10n.t('message');
      case 'input':
        return l10n.t('input of {tool}', { tool: callOf(event).name ?? event.type });
      case 'result':
        return l10n.t('result of {tool}', { tool: callOf(event).name ?? event.type });
      case 'raw':
        return event.type;
      default:
        return assertNever(part);
    }
  }

  private body(stored: StoredEvent, part: BodyPart): Body | undefined {
    switch (part) {
      case 'text':
        return messageBody(stored);
      case 'input':
        return inputBody(stored);
      case 'result': {
        const result = this.resultOf(stored);
        return result === undefined ? undefined : resultBody(result);
      }
      case 'raw':
      case 'diff':
        return rawBody(stored);
      default:
        return assertNever(part);
    }
  }

  private resultOf(stored: StoredEvent | undefined) {
    return stored === undefined ? undefined : this.transcript.resultOf(stored.event.id ?? stored.key);
  }
}

/** Remote text in the title of a tab: one line, nothing invisible, no icons. */
function label(text: string, limit: number): string {
  return withoutIcons(visible(text, limit));
}
