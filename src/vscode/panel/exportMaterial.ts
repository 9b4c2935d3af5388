import { userInfo } from 'node:os';
import * as vscode from 'vscode';
import type { SessionEvent } from '../../api/resources/event.ts';
import type { EventStore } from '../../stream/eventStore.ts';
import type { SessionFeed } from '../../stream/sessionFeed.ts';
import type { ExportHead } from '../../transcript/export/exportJson.ts';
import { ExportFilter } from '../../transcript/export/exportFilter.ts';
import { redaction } from '../../transcript/export/redaction.ts';
import { DisposableStore } from '../../util/disposable.ts';
import type { Shell } from '../shell.ts';
import { exportNote, type ExportSelection } from './exportContents.ts';
import type { ExportMaterial } from './exportFormats.ts';
import { exportTexts, headLines } from './exportTexts.ts';
import type { SessionReading } from './sessionReading.ts';

/**
 * What there is of a session to write, once all of its history is held that can be had. Everything in it passes a
 * filter when it is asked for. Rejects with the reason of the signal.
 */
export async function exportMaterial(
  shell: Shell,
  reading: SessionReading,
  selection: ExportSelection,
  signal: AbortSignal,
): Promise<ExportMaterial> {
  const { l10n, redactor } = shell;
  const { feed } = reading.lease;
  await untilRead(feed, signal);
  const filter = new ExportFilter({
    ...selection,
    leftOut: l10n.t('(left out of this export)'),
    redact: redaction({
      cutKeys: (text) => redactor.redact(text),
      also: selection.cut,
      userName: userName(),
    }),
  });
  const header = reading.header();
  const events = snapshot(feed.store);
  const session = feed.session?.raw;
  return {
    head: {
      session: session && filter.json(session),
      sessionId: reading.sessionId,
      title: filter.text(header.title),
      connection: { name: header.connection, origin: header.origin },
      exportedAt: shell.clock.now(),
      complete: feed.status.history.kind === 'complete' && !isFull(feed.store),
      ...choicesOf(selection),
      note: exportNote(selection, l10n),
    },
    lines: headLines(header, l10n).map(([name, value]) => [name, filter.text(value)] as const),
    events: filter.events(events),
    eventCount: events.length,
    rows: filter.rows(reading.transcript),
    bodies: filter.bodies(reading.bodies),
    texts: exportTexts(l10n, vscode.env.language),
  };
}

const kindNames = { emails: 'emails', userNames: 'user_names', paths: 'paths' } as const;

function choicesOf({
  toolOutputs,
  thinking,
  cut,
}: ExportSelection): Pick<ExportHead, 'leftOut' | 'redacted'> {
  return {
    leftOut: [
      ...(toolOutputs ? [] : (['tool_outputs'] as const)),
      ...(thinking ? [] : (['thinking'] as const)),
    ],
    redacted: ['keys', ...cut.map((kind) => kindNames[kind])],
  };
}

function userName(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    return undefined; // an account without a name
  }
}

/** The events as they are at one moment; those that come while they are written belong to the next export. */
function snapshot(store: EventStore): readonly SessionEvent[] {
  const events: SessionEvent[] = [];
  for (let position = store.first; position < store.end; position++) {
    const stored = store.at(position);
    if (stored !== undefined) {
      events.push(stored.event);
    }
  }
  return events;
}

/** Resolves when all of the history is held that can be had; rejects when it is cancelled. */
function untilRead(feed: SessionFeed, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const owned = new DisposableStore();
    const look = () => {
      if (signal.aborted || isRead(feed)) {
        owned.dispose();
        signal.removeEventListener('abort', look);
        if (signal.aborted) {
          reject(signal.reason as Error);
        } else {
          resolve();
        }
      }
    };
    signal.addEventListener('abort', look);
    owned.add(feed.onDidChangeStatus(look));
    owned.add(feed.onDidChange(look));
    look();
  });
}

/** Nothing more comes from a feed that has ended, that cannot read on, or that holds as much as it may. */
function isRead({ status, store }: SessionFeed): boolean {
  const { state, history } = status;
  if (state.kind === 'ended' || history.kind === 'complete' || history.kind === 'incomplete') {
    return true;
  }
  const isCutOff = state.kind === 'offline' || state.kind === 'reconnecting' || state.kind === 'stopped';
  return isCutOff || (history.kind === 'partial' && isFull(store));
}

/** A little less than what a feed holds before it lets the oldest events go. */
const MANY_EVENTS = 245_000;
const MUCH_WEIGHT = 120 * 1024 * 1024;

/** Whether older events may have been let go; they are on the server still, and missing in an export. */
function isFull(store: EventStore): boolean {
  return store.size >= MANY_EVENTS || store.weight >= MUCH_WEIGHT;
}
