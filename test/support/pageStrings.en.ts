import { plainL10n } from '../../src/l10n.ts';
import { pageStrings } from '../../src/text/pageStrings.ts';

/** The page's texts in English, for tests of the page alone. */
export const pageStringsEn = pageStrings(plainL10n);
