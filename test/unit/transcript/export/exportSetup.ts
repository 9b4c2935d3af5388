import { plainL10n } from '../../../../src/l10n.ts';
import type { ExportHead } from '../../../../src/transcript/export/exportJson.ts';
import type { ExportTexts } from '../../../../src/transcript/export/exportTexts.ts';
import type { BodySource } from '../../../../src/transcript/export/rowMarkdown.ts';
import { exportTexts } from '../../../../src/vscode/panel/exportTexts.ts';
import type { TestSession } from '../transcriptSetup.ts';

export const head: ExportHead = {
  session: { id: 'sesn_1', title: 'Fix it' },
  sessionId: 'sesn_1',
  title: 'Fix it',
  connection: { name: 'Test', origin: 'https://test.example' },
  exportedAt: Date.UTC(2026, 0, 2, 3, 4, 5),
  complete: true,
  leftOut: [],
  redacted: ['keys'],
  note: undefined,
};

/** English words, and times that do not depend on the machine. */
export const texts: ExportTexts = {
  ...exportTexts(plainL10n, 'en'),
  time: (at) => new Date(at).toISOString(),
};

export function bodiesOf(session: TestSession): BodySource {
  return {
    event: (key) => session.store.get(key),
    resultOf: (id) => session.transcript.resultOf(id),
  };
}
