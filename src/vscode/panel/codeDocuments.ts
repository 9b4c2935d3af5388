import type { OpenCodeMessage } from '../../protocol/markdownMessages.ts';
import type { SessionFeed } from '../../stream/sessionFeed.ts';
import { blocksOf } from '../../transcript/blocks.ts';
import { codeLanguage } from '../../transcript/codeLanguages.ts';
import { field } from '../../util/json.ts';
import type { BodyDocuments } from './bodyDocuments.ts';

/** Opens blocks of code of messages in the editor: found in the session's own events, never taken from the page. */
export class CodeDocuments {
  private readonly feed: SessionFeed;
  private readonly documents: BodyDocuments;

  constructor(feed: SessionFeed, documents: BodyDocuments) {
    this.feed = feed;
    this.documents = documents;
  }

  async open({ key, block, code }: OpenCodeMessage): Promise<void> {
    const event = this.feed.store.get(key)?.event;
    const whole = blocksOf(event && field(event.body, 'content'), Number.POSITIVE_INFINITY)[block];
    if (whole?.type !== 'text') {
      return;
    }
    const { codeBlockAt } = await import('../../transcript/messageMarkdown.ts');
    const found = codeBlockAt(whole.text, code);
    if (found !== undefined) {
      const language = codeLanguage(found.info);
      const name = `code.${language?.extension ?? 'txt'}`;
      await this.documents.open(name, found.code, language?.editor ?? 'plaintext');
    }
  }
}
