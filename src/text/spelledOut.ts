import type { L10n } from '../l10n.ts';
import { codePointName, exactHiddenSource } from '../util/hiddenCharacters.ts';

/** The most columns of a line: far below those that an editor draws, and few enough to be read. */
const MAX_COLUMNS = 200;
/** Columns that a tab takes at most. */
const TAB_COLUMNS = 8;
/** Blanks in a row, or empty lines, that are shown as such; more could push something out of sight. */
const MAX_BLANKS = 40;
const MAX_EMPTY_LINES = 10;
/** The most characters that one match takes; the engine's stack would not bear runs of millions. */
const MAX_RUN = 100_000;

const CONTINUED = '↩';

/** What nobody sees or what could pass for a mark: hidden characters, half pairs, odd blanks, the marks themselves. */
const hidden = `${exactHiddenSource}|[\\p{Cs}⟨⟩${CONTINUED}]|(?! )\\p{Zs}`;
const unclear = new RegExp(
  `(?:${hidden}){1,${String(MAX_RUN)}}|[ \\t]{${String(MAX_BLANKS + 1)},${String(MAX_RUN)}}|[ \\t]+$`,
  'gmu',
);
const sameInRow = /([^])\1*/gu;
const emptyLines = new RegExp(`\\n{${String(MAX_EMPTY_LINES + 2)},${String(MAX_RUN)}}`, 'gu');
/** A mark, or a character with what combines with it: never torn apart at the end of a line. */
const atoms = /⟨[^⟩]*⟩|[^]\p{M}*/gu;

/**
 * A text for an editor in which somebody reads what is about to be agreed to. Editors draw only so many columns
 * of a line and hide characters; here every line is short and everything has a mark, told in the first line.
 * Nothing of the text can pass for a mark.
 */
export function spelledOut(text: string, l10n: L10n): string {
  const marked = text
    .replace(unclear, (run) => run.replace(sameInRow, (same) => markOf(same, l10n)))
    .replace(emptyLines, (run) => {
      const count = String(run.length - 1);
      return `\n⟨${l10n.t('{count} empty lines', { count })}⟩\n`;
    });
  const legend = l10n.t(
    'Lines longer than {columns} columns are broken at {mark}. ⟨ ⟩ holds what could not be seen: numbers of characters, how many spaces or empty lines.',
    { columns: String(MAX_COLUMNS), mark: CONTINUED },
  );
  return `${legend}\n\n${marked.split('\n').map(wrapped).join('\n')}`;
}

/** @param run of one character. */
function markOf(run: string, l10n: L10n): string {
  const count = Array.from(run).length;
  if (run.startsWith(' ')) {
    return `⟨${l10n.t('{count} spaces', { count: String(count) })}⟩`;
  }
  return `⟨${codePointName(run)}${count > 1 ? `×${String(count)}` : ''}⟩`;
}

function wrapped(line: string): string {
  if (line.length <= MAX_COLUMNS && !line.includes('\t')) {
    return line;
  }
  const parts: string[] = [];
  let columns = 0;
  for (const [atom] of line.matchAll(atoms)) {
    const width = atom === '\t' ? TAB_COLUMNS : atom.length;
    if (columns > 0 && columns + width > MAX_COLUMNS) {
      parts.push(`${CONTINUED}\n`);
      columns = 0;
    }
    parts.push(atom);
    columns += width;
  }
  return parts.join('');
}
