import { MAX_ATTACHMENTS } from '../../../protocol/composerMessages.ts';
import type { Attachment, AttachmentContent, AttachmentRefusal } from './attachment.ts';

/** Most that the attachments of one message may weigh together: its echo has to fit into one event of a stream. */
const MAX_TOTAL_BYTES = 10 * 1024 * 1024;

/** The attachments of the message that is being written, in the order in which they came. */
export class AttachmentShelf {
  private held: readonly Attachment[] = [];
  private count = 0;

  get all(): readonly Attachment[] {
    return this.held;
  }

  get(key: string): Attachment | undefined {
    return this.held.find((each) => each.key === key);
  }

  /** Puts one behind the others. What is there already is not put there twice. */
  add(content: AttachmentContent): AttachmentRefusal | undefined {
    if (this.held.some((each) => isSame(each, content))) {
      return undefined;
    }
    if (this.held.length >= MAX_ATTACHMENTS) {
      return 'tooMany';
    }
    const total = this.held.reduce((sum, { chip }) => sum + chip.bytes, content.chip.bytes);
    if (total > MAX_TOTAL_BYTES) {
      return 'tooMuch';
    }
    this.held = [...this.held, { ...content, key: `attachment-${this.count++}` }];
    return undefined;
  }

  /** Exactly those that the page showed, or undefined where these are not the ones that are here. */
  named(keys: readonly string[]): readonly Attachment[] | undefined {
    const isAll =
      keys.length === this.held.length && this.held.every(({ key }, index) => key === keys[index]);
    return isAll ? this.held : undefined;
  }

  remove(keys: readonly string[]): void {
    this.held = this.held.filter(({ key }) => !keys.includes(key));
  }
}

function isSame(one: AttachmentContent, other: AttachmentContent): boolean {
  return (
    one.chip.name === other.chip.name &&
    one.chip.bytes === other.chip.bytes &&
    JSON.stringify(one.block) === JSON.stringify(other.block)
  );
}
