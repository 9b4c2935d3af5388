import type { ReadDocument } from '../../documents/editable.ts';
import type { L10n } from '../../l10n.ts';
import { approvalStrings } from '../../text/approvalStrings.ts';
import { assertNever } from '../../util/assertNever.ts';

/** Why a text cannot be sent, in plain words, with the place. */
export function documentProblemText(document: Exclude<ReadDocument, { kind: 'object' }>, l10n: L10n): string {
  switch (document.kind) {
    case 'notJson': {
      const { line, column, fault } = document.problem;
      const { jsonFault } = approvalStrings(l10n);
      return l10n.t('This is not JSON yet. Line {line}, column {column}: {fault}', {
        line,
        column,
        fault: jsonFault[fault],
      });
    }
    case 'notObject':
      return l10n.t('The document has to be one JSON object, in curly brackets.');
    case 'tooLarge':
      return l10n.t('The document is larger than anything that the server takes.');
    default:
      return assertNever(document);
  }
}
