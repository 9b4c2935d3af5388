import { jsonDocument, jsonLines } from '../../../src/transcript/export/exportJson.ts';
import { markdownDocument } from '../../../src/transcript/export/exportMarkdown.ts';
import { TranscriptText } from '../../../src/transcript/export/transcriptText.ts';
import { type ExportSink, writeExport } from '../../../src/transcript/export/writeExport.ts';
import type { SessionEvent } from '../../../src/api/resources/event.ts';
import { bodiesOf, head, texts } from '../../unit/transcript/export/exportSetup.ts';
import { TestSession } from '../../unit/transcript/transcriptSetup.ts';
import { hostileEvent } from '../eventShapes.ts';
import type { Random } from '../mutate.ts';
import { assertWarranted, type FuzzTarget, type Work } from '../target.ts';

const PER_ROUND = 40;

/** A session of hostile events, written out in each form. */
export const exports: FuzzTarget = { name: 'export', perRound: PER_ROUND, share: 5, round };

async function round(random: Random): Promise<Work> {
  const session = new TestSession();
  let size = 0;
  for (let left = PER_ROUND; left > 0; left--) {
    const event = hostileEvent(random);
    size += JSON.stringify(event).length;
    session.arrive(event);
  }
  const { transcript } = session;
  const source = bodiesOf(session);
  const lines = await written(jsonLines(head, eventsOf(session)));
  lines
    .split('\n')
    .filter((line) => line !== '')
    .forEach((line) => JSON.parse(line) as unknown);
  const document = await written(jsonDocument(head, eventsOf(session)));
  JSON.parse(document);
  const markdown = await written(markdownDocument(head, [['Title', 'x']], transcript, source, texts));
  const text = new TranscriptText(transcript, source, texts).newest(1_000);
  assertWarranted('JSON lines', lines.length, size, 1, PER_ROUND + 1_000);
  assertWarranted('JSON document', document.length, size, 1, 8 * PER_ROUND + 1_000);
  assertWarranted('Markdown document', markdown.length, size, 8, 2_000 * PER_ROUND);
  assertWarranted('the newest text', text.text.length, 0, 0, 1_000);
  return { inputs: PER_ROUND, size, made: lines.length + document.length + markdown.length };
}

async function written(pieces: Iterable<string>): Promise<string> {
  const parts: string[] = [];
  const sink: ExportSink = {
    write: (text) => Promise.resolve(void parts.push(text)),
    commit: () => Promise.resolve(),
    abort: () => Promise.resolve(),
  };
  const signal = new AbortController().signal;
  await writeExport(pieces, sink, { signal, redact: (text) => text, onProgress: () => undefined });
  return parts.join('');
}

function* eventsOf({ store }: TestSession): Generator<SessionEvent> {
  for (let at = store.first; at < store.end; at++) {
    const stored = store.at(at);
    if (stored !== undefined) {
      yield stored.event;
    }
  }
}
