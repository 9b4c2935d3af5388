import type { L10n } from '../../../l10n.ts';
import { assertNever } from '../../../util/assertNever.ts';
import type { AttachmentRefusal } from './attachment.ts';

/** Why something was not attached, in a sentence. @param name fit for a label already. */
export function refusalText(refusal: AttachmentRefusal, name: string, l10n: L10n): string {
  switch (refusal) {
    case 'empty':
      return l10n.t('{name} was not attached: there is nothing in it.', { name });
    case 'textTooLarge':
      return l10n.t(
        '{name} was not attached: texts of up to 200 KB can be sent. Attach the lines that matter as a selection.',
        { name },
      );
    case 'imageTooLarge':
      return l10n.t('{name} was not attached: pictures of up to 5 MB can be sent.', { name });
    case 'binary':
      return l10n.t(
        '{name} was not attached: it is neither a text in UTF-8 or UTF-16 nor a picture in PNG, JPEG, GIF or WebP.',
        { name },
      );
    case 'noImage':
      return l10n.t('{name} was not attached: it is no picture in PNG, JPEG, GIF or WebP.', { name });
    case 'folder':
      return l10n.t('{name} was not attached: it is a folder. Choose single files.', { name });
    case 'unreadable':
      return l10n.t('{name} was not attached: it cannot be read.', { name });
    case 'tooMany':
      return l10n.t('{name} was not attached: one message takes up to 10 attachments.', { name });
    case 'tooMuch':
      return l10n.t(
        '{name} was not attached: the attachments of one message can have up to 10 MB together.',
        {
          name,
        },
      );
    default:
      return assertNever(refusal);
  }
}
