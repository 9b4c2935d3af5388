import type { PageStrings } from '../../protocol/strings.ts';
import { fillKnown, noticeLine } from '../../transcript/noticeLine.ts';
import type { NoticeWords } from '../../transcript/searchTexts.ts';

/** Durations, counts and sums are not what anybody looks for; the page writes them in its own way. */
const noNumbers = { duration: () => '', compact: () => '', money: () => '' };

/** The words of the page for what happened in a session, as far as they can be looked for. */
export function findWords({ notice, reading }: PageStrings): NoticeWords {
  const errors = new Map<string, string>(Object.entries(reading.error.what));
  return ({ code, args }) => {
    if (!code.startsWith('error.')) {
      return noticeLine({ code, args }, notice, noNumbers);
    }
    const what = errors.get(args['type'] ?? '');
    const words = what === undefined ? '' : fillKnown(what, args);
    const message = args['message'] ?? '';
    return words.toLowerCase() === message.toLowerCase() ? message : `${words}\n${message}`;
  };
}
