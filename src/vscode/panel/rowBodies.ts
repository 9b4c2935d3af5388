import * as vscode from 'vscode';
import type { BodyPart } from '../../protocol/messages.ts';
import type { SessionFeed } from '../../stream/sessionFeed.ts';
import {
  type Body,
  editBodies,
  inputBody,
  messageBody,
  rawBody,
  resultBody,
} from '../../transcript/bodies.ts';
import type { Transcript } from '../../transcript/transcript.ts';
import { assertNever } from '../../util/assertNever.ts';
import type { BodyDocuments } from './bodyDocuments.ts';

/** Opens and copies what the rows of a session stand for, whole, where the page could show only a part. */
export class RowBodies {
  private readonly feed: SessionFeed;
  private readonly transcript: Transcript;
  private readonly documents: BodyDocuments;

  constructor(feed: SessionFeed, transcript: Transcript, documents: BodyDocuments) {
    this.feed = feed;
    this.transcript = transcript;
    this.documents = documents;
  }

  async open(key: string, part: BodyPart): Promise<void> {
    if (part === 'diff') {
      await this.openDiff(key);
      return;
    }
    const body = this.body(key, part);
    if (body !== undefined) {
      await this.documents.open(part, body.text, body.language);
    }
  }

  async copy(key: string, part: BodyPart): Promise<void> {
    const body = this.body(key, part);
    if (body !== undefined) {
      await vscode.env.clipboard.writeText(body.text);
    }
  }

  private async openDiff(key: string): Promise<void> {
    const stored = this.feed.store.get(key);
    const edit = stored === undefined ? undefined : editBodies(stored);
    if (edit !== undefined) {
      await this.documents.diff(edit.path, edit.before, edit.after);
    }
  }

  private body(key: string, part: BodyPart): Body | undefined {
    const stored = this.feed.store.get(key);
    if (stored === undefined) {
      return undefined;
    }
    switch (part) {
      case 'text':
        return messageBody(stored);
      case 'input':
        return inputBody(stored);
      case 'result': {
        const result = this.transcript.resultOf(stored.event.id ?? stored.key);
        return result === undefined ? undefined : resultBody(result);
      }
      case 'raw':
      case 'diff':
        return rawBody(stored);
      default:
        return assertNever(part);
    }
  }
}
