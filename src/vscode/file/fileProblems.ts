import type { L10n } from '../../l10n.ts';
import type { DamagedLine, ReadExport, ReadFailure } from '../../transcript/export/readExport.ts';
import { EXPORT_VERSION } from '../../transcript/export/exportJson.ts';
import { assertNever } from '../../util/assertNever.ts';

/** Why nothing of a file can be shown, and what to do. */
export function failureText(failure: ReadFailure, name: string, l10n: L10n): string {
  switch (failure.failure) {
    case 'empty':
      return l10n.t('{name} is empty: there is no session in it.', { name });
    case 'foreign':
      return l10n.t(
        '{name} is no exported session: line {line} is not what an export begins with. Choose a file that was exported as JSON or JSON Lines.',
        { name, line: failure.line },
      );
    case 'version':
      return l10n.t(
        '{name} was written in version {version} of the format (line {line}), and this extension reads version {known}. Update the extension to open it.',
        { name, version: failure.version, line: failure.line, known: EXPORT_VERSION },
      );
    default:
      return assertNever(failure);
  }
}

/** Which lines are not shown and why; undefined where all are. */
export function damageText({ damaged, damagedCount }: ReadExport, l10n: L10n): string | undefined {
  if (damagedCount === 0) {
    return undefined;
  }
  const lines = damaged.slice(0, 3).map((each) => lineText(each, l10n));
  const rest = damagedCount - lines.length;
  const more = rest > 0 ? ` ${l10n.t('And {count} more.', { count: rest })}` : '';
  return `${l10n.t('Not everything in this file can be shown:')} ${lines.join(' ')}${more}`;
}

function lineText({ line, why }: DamagedLine, l10n: L10n): string {
  switch (why) {
    case 'notJson':
      return l10n.t('Line {line} is damaged.', { line });
    case 'notAnEvent':
      return l10n.t('Line {line} is no event.', { line });
    case 'tooLong':
      return l10n.t('Line {line} is too long.', { line });
    default:
      return assertNever(why);
  }
}
