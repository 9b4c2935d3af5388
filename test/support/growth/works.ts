import assert from 'node:assert/strict';
import { LogPort } from '../../../src/eventLog/logPort.ts';
import { MAX_WINDOW_ROWS } from '../../../src/protocol/messages.ts';
import { RowWindow } from '../../../src/protocol/rowWindow.ts';
import { EventStore } from '../../../src/stream/eventStore.ts';
import { readFrame } from '../../../src/stream/readFrame.ts';
import { decodeEventStream } from '../../../src/stream/sse.ts';
import { TimelinePort } from '../../../src/timeline/timelinePort.ts';
import { SessionSearch } from '../../../src/transcript/search.ts';
import { SearchedTranscript } from '../../../src/transcript/searchedTranscript.ts';
import type { JsonObject } from '../../../src/util/json.ts';
import { scanJson } from '../../../src/util/scanJson.ts';
import { findWords } from '../../../src/vscode/panel/findWords.ts';
import { ManualClock } from '../manualClock.ts';
import { markdownCases } from '../markdownCases.ts';
import { markdownContext } from '../markdownContext.ts';
import { pageStringsEn } from '../pageStrings.en.ts';
import { renderMarkdown } from '../renderMarkdown.ts';
import { event } from '../storeEvents.ts';
import {
  asks,
  idle,
  result,
  running,
  says,
  TestSession,
  use,
} from '../../unit/transcript/transcriptSetup.ts';

/** A size, and how to prepare work of that size, which is not counted. */
export type Work = readonly [size: number, make: (size: number) => () => unknown];

const turnsOf = (events: number): readonly JsonObject[] =>
  Array.from({ length: Math.ceil(events / 6) }, (_, turn) => [
    running(`run${turn}`),
    asks(`ask${turn}`),
    use(`use${turn}`),
    result(`res${turn}`, `use${turn}`),
    says(`says${turn}`, `The result of ${turn}`),
    idle(`idle${turn}`),
  ]).flat();

function storeOf(events: number): EventStore {
  const store = new EventStore();
  for (const json of turnsOf(events)) {
    store.arrive(event(json), 0);
  }
  return store;
}

/** A session with a page that follows its end: what is posted to it for every event is part of the work. */
function followed(events: number): () => void {
  const session = new TestSession();
  const window = new RowWindow(session.transcript, MAX_WINDOW_ROWS);
  window.open();
  const arriving = turnsOf(events);
  return () => {
    for (const json of arriving) {
      session.arrive(json);
      window.patches();
    }
  };
}

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) {
    yield await Promise.resolve(bytes.subarray(at, at + size));
  }
}

function stream(events: number, size: number): () => Promise<void> {
  const text = turnsOf(events).map((json) => `data: ${JSON.stringify(json)}\n\n`);
  const bytes = Buffer.from(text.join(''));
  return async () => {
    const store = new EventStore();
    for await (const frame of decodeEventStream(inPieces(bytes, size), {})) {
      const read = readFrame(frame);
      if (read.kind === 'event') {
        store.arrive(read.event, 0);
      }
    }
    assert.equal(store.size, text.length);
  };
}

const sessionWorks: Readonly<Record<string, Work>> = {
  'reading a stream, in pieces of 64 KB': [3_000, (events) => stream(events, 65_536)],
  'reading a stream, byte by byte': [150, (events) => stream(events, 1)],
  'taking in the events of a session': [3_000, (events) => () => storeOf(events)],
  'following them with a page that is at the end': [3_000, followed],
  'making the transcript of a history': [
    3_000,
    (events) => {
      const store = storeOf(events);
      return () => new TestSession(store).transcript.dispose();
    },
  ],
  'finding a text in a whole session': [
    1_500,
    (events) => {
      const session = new TestSession();
      session.arrive(...turnsOf(events));
      const clock = new ManualClock();
      const source = new SearchedTranscript(session.transcript, session.store, findWords(pageStringsEn));
      const search = new SessionSearch(source, clock, () => undefined);
      return () => {
        search.start({ text: 'result', matchCase: false, wholeWord: false }, session.transcript.first);
        while (!search.state.isDone) {
          clock.advance(100);
        }
        assert.ok(search.state.total >= events / 6);
      };
    },
  ],
  'opening the event log at its end': [
    3_000,
    (events) => {
      const port = new LogPort({
        store: storeOf(events),
        clock: new ManualClock(),
        post: () => undefined,
        cutKeys: (text) => text,
      });
      return () => {
        port.open();
        port.receive({
          type: 'logView',
          view: 1,
          kinds: [],
          text: 'use',
          place: { at: 'end' },
          count: 20,
          selected: null,
        });
      };
    },
  ],
  'drawing the whole timeline': [
    3_000,
    (events) => {
      const store = new EventStore();
      turnsOf(events).forEach((json, index) => {
        store.arrive(event({ ...json, processed_at: new Date(index * 1_000).toISOString() }), 0);
      });
      const port = new TimelinePort({
        store,
        clock: new ManualClock(),
        post: () => undefined,
        nameOf: (key) => key,
        clean: (text) => text,
      });
      return () =>
        port.receive({ type: 'timelineView', view: 1, window: { at: 'all' }, width: 1_000, margin: 0 });
    },
  ],
  'looking JSON through before it is parsed': [
    20_000,
    (length) => {
      const text = `${'[{"a":'.repeat(length)}1${'}]'.repeat(length)}`;
      return () => scanJson(text);
    },
  ],
};

const { context } = markdownContext();

/** What may cost twice as much where there is twice as much of it, and not more. */
export const inProportion: Readonly<Record<string, Work>> = {
  ...sessionWorks,
  ...Object.fromEntries(
    Object.entries(markdownCases).map(([name, makeText]): [string, Work] => [
      `rendering Markdown made to take long: ${name}`,
      [
        16_384,
        (length) => {
          const text = makeText(length);
          return () => renderMarkdown(text, context);
        },
      ],
    ]),
  ),
};

/** What costs the same however long the session is. */
export const alwaysTheSame: Readonly<Record<string, Work>> = {
  'taking in one more event, with a page at the end': [
    1_500,
    (events) => {
      const session = new TestSession();
      session.arrive(...turnsOf(events));
      const window = new RowWindow(session.transcript, MAX_WINDOW_ROWS);
      window.open();
      return () => {
        session.arrive(says('more'));
        assert.ok(window.patches().length > 0);
      };
    },
  ],
};

/** Known powers, for the measure itself. */
export const known: Readonly<Record<string, Work>> = {
  '0': [400, () => () => looks(1_000)],
  '1': [400, (size) => () => looks(size)],
  '2': [60, (size) => () => looks(size * size)],
};

function looks(count: number): void {
  const store = new EventStore();
  for (let step = 0; step < count; step++) {
    store.at(step);
  }
}
