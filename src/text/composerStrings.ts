import type { L10n } from '../l10n.ts';
import type { ComposerStrings } from '../protocol/composerStrings.ts';

/** The texts around writing a message, in the user's language. */
export function composerStrings(l10n: L10n): ComposerStrings {
  return {
    interruptAndSend: l10n.t('Interrupt and send'),
    keysInterrupt: l10n.t('Ctrl+Shift+Enter'),
    checking: l10n.t(
      'The connection broke while the message was on its way. The session’s history is being read to see whether it arrived; it is not sent a second time.',
    ),
    noAnswer: l10n.t(
      'It is not known whether the message arrived. Look at the conversation before you send it again.',
    ),
    sent: l10n.t('Message sent'),
    attach: l10n.t('Attach'),
    attachMenu: l10n.t('Attach to the message'),
    attachFile: l10n.t('File…'),
    attachImage: l10n.t('Image…'),
    attachSelection: l10n.t('Editor selection'),
    attachEditor: l10n.t('Open editor’s file'),
    selectionLines: l10n.t('{name}, {lines}'),
    noSelection: l10n.t('Nothing is selected in an editor'),
    noEditor: l10n.t('No text editor is open'),
    attachments: l10n.t('Attachments of the message'),
    oneLine: l10n.t('1 line'),
    lines: l10n.t('{count} lines'),
    selection: l10n.t('Selection · {name}'),
    openAttachment: l10n.t('see exactly what is sent'),
    removeAttachment: l10n.t('Remove {name}'),
    attached: l10n.t('Attached {name}'),
    removed: l10n.t('Removed {name}'),
    preview: l10n.t('The picture that is sent: {name}'),
    closePreview: l10n.t('Close the preview'),
    notShown: l10n.t('This picture is too large to be shown here. It can be sent.'),
    tooLargeFile: l10n.t(
      '{name} was not attached: pictures of up to 5 MB and texts of up to 200 KB can be sent.',
    ),
    unreadableFile: l10n.t('{name} was not attached: it is a folder, or cannot be read.'),
    tooManyFiles: l10n.t('Not all files were attached: a message takes up to {count}.'),
    dropHere: l10n.t('Drop to attach'),
    dismiss: l10n.t('Dismiss'),
    ended: l10n.t('This session takes no more messages.'),
    newSession: l10n.t('New session with this agent'),
    unsentDraft: l10n.t('Text that was not sent'),
    recalled: l10n.t('Earlier message'),
    backToDraft: l10n.t('Your draft'),
    attachedFile: l10n.t('Attached file'),
    attachedSelection: l10n.t('Attached selection'),
    lineRange: l10n.t('lines {from} to {to}'),
  };
}
