import {
  type AttachmentChip,
  type AttachSource,
  type ComposerHostMessage,
  MAX_ATTACHMENTS,
  MAX_IMAGE_BYTES,
} from '../../src/protocol/composerMessages.ts';
import type { PageMessage } from '../../src/protocol/messages.ts';
import type { PageStrings } from '../../src/protocol/strings.ts';
import { base64Of, picturesIn } from './broughtFiles.ts';
import { type Dropped, type DropZone, shortName } from './dropZone.ts';
import { fill } from './fill.ts';

type Picture = Extract<ComposerHostMessage, { type: 'attachmentImage' }>;

export interface AttachingPorts {
  readonly post: (message: PageMessage) => void;
  readonly changed: () => void;
  readonly announce: (text: string) => void;
  readonly strings: () => PageStrings | undefined;
  readonly focusField: () => void;
  /** What is attached, as the host says. */
  readonly attachments: () => readonly AttachmentChip[];
  /** Whether something can be added to the message now. */
  readonly isOpen: () => boolean;
}

/** What goes with the message that is written. The host holds it; here is what the user does about it. */
export class Attaching implements DropZone {
  private readonly ports: AttachingPorts;
  /** Why something was not attached that the host was never asked about. */
  note: string | undefined;
  /** The picture that is looked at. */
  picture: Picture | undefined;
  /** Files are held over the page. */
  isHovered = false;

  constructor(ports: AttachingPorts) {
    this.ports = ports;
  }

  /** The host has sent the picture of an attachment. */
  show(picture: Picture): void {
    if (this.ports.attachments().some(({ key }) => key === picture.key)) {
      this.picture = picture;
      this.ports.changed();
    }
  }

  /** What is attached has changed. */
  update(before: readonly AttachmentChip[], now: readonly AttachmentChip[], isNews: boolean): void {
    if (!now.some(({ key }) => key === this.picture?.key)) {
      this.picture = undefined;
    }
    const known = new Set(before.map(({ key }) => key));
    const fresh = isNews ? now.filter(({ key }) => !known.has(key)).at(-1) : undefined;
    if (fresh !== undefined) {
      this.say('attached', fresh.name);
    }
  }

  attach(source: AttachSource): void {
    this.note = undefined;
    this.ports.post({ type: 'attach', source });
    this.ports.changed();
  }

  /** The menu shows what the editor offers now. */
  askWhatCanBeAttached(): void {
    this.ports.post({ type: 'attachMenu' });
  }

  detach(key: string): void {
    const name = this.ports.attachments().find((each) => each.key === key)?.name;
    this.ports.post({ type: 'detach', key });
    if (name !== undefined) {
      this.say('removed', name);
    }
    this.ports.focusField();
  }

  /** Shows what would be sent; a picture that is shown already is put away. */
  open(key: string): void {
    if (this.picture?.key === key) {
      this.closePicture();
    } else {
      this.ports.post({ type: 'openAttachment', key });
    }
  }

  closePicture(): void {
    this.picture = undefined;
    this.ports.changed();
  }

  dismissNote(): void {
    if (this.note === undefined) {
      this.ports.post({ type: 'dismissNote' });
    }
    this.note = undefined;
    this.ports.changed();
  }

  /** A picture in the clipboard is attached; the host looks whether it is one. */
  onPaste(event: ClipboardEvent): void {
    const pictures = this.ports.isOpen() ? picturesIn(event.clipboardData) : [];
    if (pictures.length > 0) {
      event.preventDefault();
      void this.bring(pictures, (_name, data) => {
        if (data !== '') {
          this.ports.post({ type: 'pasteImage', data });
        }
      });
    }
  }

  // ---- files that are dropped on the page ----

  get isOpen(): boolean {
    return this.ports.isOpen();
  }

  hover(isOn: boolean): void {
    if (isOn !== this.isHovered) {
      this.isHovered = isOn;
      this.ports.changed();
    }
  }

  dropped({ files, uris }: Dropped): void {
    const isTooMany = files.length > MAX_ATTACHMENTS || uris.length > MAX_ATTACHMENTS;
    const text = this.ports.strings()?.composer.tooManyFiles;
    this.note = isTooMany && text !== undefined ? fill(text, { count: String(MAX_ATTACHMENTS) }) : undefined;
    if (uris.length > 0) {
      this.ports.post({ type: 'dropUris', uris: uris.slice(0, MAX_ATTACHMENTS) });
    }
    void this.bring(files.slice(0, MAX_ATTACHMENTS), (name, data) => {
      this.ports.post({ type: 'dropFile', name: shortName(name), data });
    });
    this.ports.focusField();
    this.ports.changed();
  }

  /** Reads files that the user brought, one after the other, and says of which nothing came. */
  private async bring(files: readonly File[], use: (name: string, data: string) => void): Promise<void> {
    for (const file of files) {
      if (file.size > MAX_IMAGE_BYTES) {
        this.refuse('tooLargeFile', file.name);
        continue;
      }
      const data = await base64Of(file);
      if (data === undefined) {
        this.refuse('unreadableFile', file.name);
      } else {
        use(file.name, data);
      }
    }
  }

  private refuse(why: 'unreadableFile' | 'tooLargeFile', name: string): void {
    const text = this.ports.strings()?.composer[why];
    this.note = text && fill(text, { name: shortName(name) });
    this.ports.changed();
  }

  private say(what: 'attached' | 'removed', name: string): void {
    const text = this.ports.strings()?.composer[what];
    if (text !== undefined) {
      this.ports.announce(fill(text, { name }));
    }
  }
}
