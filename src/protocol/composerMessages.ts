/**
 * What crosses between host and page about writing a message. The host holds the attachments and knows what
 * became of a message; the page names attachments by key, and shows what the host says.
 */

/** Where a new attachment can come from. */
export const attachSources = ['file', 'image', 'selection', 'editor'] as const;
export type AttachSource = (typeof attachSources)[number];

/** An attachment as the page shows it. The content stays with the host. */
export interface AttachmentChip {
  readonly key: string;
  readonly kind: 'text' | 'image';
  readonly source: 'file' | 'selection' | 'pasted';
  /** The file's name, or what stands for one; untrusted text. */
  readonly name: string;
  /** Lines of a text; null for a picture. */
  readonly lines: number | null;
  /** Size of the file or the text, before it is put into a message. */
  readonly bytes: number;
}

/** What the text editor that was used last offers. */
export interface EditorOffer {
  readonly name: string;
  /** Lines that are selected there; 0 where nothing is. */
  readonly selectedLines: number;
}

/** What the host knows about the message being written. Sent whole whenever it changes; it is small. */
export interface ComposerState {
  readonly enterSends: boolean;
  /** `checking`: the connection broke, and history is asked whether the message arrived. */
  readonly sending: 'idle' | 'sending' | 'checking';
  /** Why the last message was not sent; its text and attachments are still here. */
  readonly error: string | null;
  /** Something about the attachments that should be known: why one was refused or let go. */
  readonly note: string | null;
  readonly attachments: readonly AttachmentChip[];
  /** Why files and editors cannot be attached here; null where they can. */
  readonly noFiles: string | null;
  readonly editor: EditorOffer | null;
  /** Why no message can be sent from here at all; null where one can. What is written stays. */
  readonly closed: string | null;
}

/** Nothing is written, attached or on its way. */
export const composerAtRest: ComposerState = {
  enterSends: true,
  sending: 'idle',
  error: null,
  note: null,
  attachments: [],
  noFiles: null,
  editor: null,
  closed: null,
};

export type ComposerHostMessage =
  | { readonly type: 'composer'; readonly composer: ComposerState }
  /** An earlier message of the user's, for the question with this number; null where there is none. */
  | {
      readonly type: 'recalled';
      readonly id: number;
      readonly entry: { readonly key: string; readonly text: string } | null;
    }
  /** The picture of an attachment, for a look at it before it is sent. */
  | {
      readonly type: 'attachmentImage';
      readonly key: string;
      readonly mediaType: string;
      readonly data: string;
      readonly bytes: number;
    };

export type ComposerPageMessage =
  /** The attachments are named in the order in which they are shown; the host sends exactly these or nothing. */
  | {
      readonly type: 'send';
      readonly id: number;
      readonly text: string;
      readonly attachments: readonly string[];
      /** Whether the agent is to drop what it does now. */
      readonly interrupt: boolean;
    }
  | { readonly type: 'draft'; readonly text: string }
  /** Asks for the user's message before that one, or for the newest. */
  | { readonly type: 'recall'; readonly id: number; readonly from: string | null }
  | { readonly type: 'attach'; readonly source: AttachSource }
  /** The menu opens: what the editor offers should be what is. */
  | { readonly type: 'attachMenu' }
  | { readonly type: 'detach'; readonly key: string }
  | { readonly type: 'openAttachment'; readonly key: string }
  /** A picture from the clipboard, as base64. */
  | { readonly type: 'pasteImage'; readonly data: string }
  /** A file from outside of the editor that was dropped on the page, as base64. */
  | { readonly type: 'dropFile'; readonly name: string; readonly data: string }
  /** Resources of the editor that were dropped on the page; the user is asked before they are read. */
  | { readonly type: 'dropUris'; readonly uris: readonly string[] }
  | { readonly type: 'dismissNote' };

/** Longest name of a file that is dropped, in UTF-16 units. */
export const MAX_FILE_NAME = 255;
/** Longest URI that is dropped. */
export const MAX_DROPPED_URI = 4_096;
/** Largest picture, in bytes of the file. */
export const MAX_IMAGE_BYTES = 5 * 1024 * 1024;
/** Largest text of a file or a selection, in bytes of UTF-8. */
export const MAX_TEXT_BYTES = 200 * 1024;
/** Most attachments of one message. */
export const MAX_ATTACHMENTS = 10;
/** The same picture in base64, with room for the padding. */
export const MAX_IMAGE_BASE64 = Math.ceil(MAX_IMAGE_BYTES / 3) * 4;
