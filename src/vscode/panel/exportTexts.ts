import type { L10n } from '../../l10n.ts';
import type { SessionHeader } from '../../protocol/messages.ts';
import { pageStrings } from '../../text/pageStrings.ts';
import type { HeadLine } from '../../transcript/export/exportMarkdown.ts';
import type { ExportTexts } from '../../transcript/export/exportTexts.ts';

/** The words of a written transcript: those of the page, and times with their dates. */
export function exportTexts(l10n: L10n, locale: string): ExportTexts {
  const strings = pageStrings(l10n);
  const time = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' });
  const number = new Intl.NumberFormat(locale);
  return {
    you: strings.you,
    agent: strings.agent,
    thought: strings.thought,
    thoughtFor: strings.thoughtFor,
    tool: l10n.t('Tool {tool}'),
    input: strings.input,
    result: strings.result,
    noOutput: strings.noOutput,
    image: strings.image,
    document: strings.document,
    redacted: strings.redacted,
    event: l10n.t('Event {type}'),
    writing: l10n.t('still writing'),
    olderMissing: l10n.t('Older events of this session could not be read, and are missing here.'),
    toolStatus: {
      running: strings.running,
      needsApproval: strings.needsApproval,
      needsResult: strings.needsResult,
      denied: strings.denied,
      failed: strings.failed,
      done: strings.done,
      interrupted: strings.interrupted,
      inThread: l10n.t('In another thread'),
    },
    messageState: {
      sending: strings.sending,
      checking: strings.checking,
      failed: strings.sendFailed,
      queued: strings.queued,
      dropped: strings.dropped,
    },
    notice: strings.notice,
    time: (at) => time.format(at),
    language: locale,
    taskDone: strings.markdown.taskDone,
    taskOpen: strings.markdown.taskOpen,
    exportedAt: (at) => l10n.t('Exported on {time}', { time: time.format(at) }),
    duration: (ms) =>
      ms < 60_000
        ? l10n.t('{seconds} s', { seconds: (ms / 1_000).toFixed(1) })
        : l10n.t('{minutes} min {seconds} s', {
            minutes: Math.floor(ms / 60_000),
            seconds: Math.floor((ms % 60_000) / 1_000),
          }),
    compact: (value) => number.format(value),
    money: (cents, currency) => `${number.format(cents / 100)} ${currency}`.trim(),
  };
}

/** What the top of a written transcript says about the session. */
export function headLines(header: SessionHeader, l10n: L10n): readonly HeadLine[] {
  const agent = [header.agent, header.model].filter((part) => part !== null).join(' · ');
  const lines: readonly (readonly [string, string | null])[] = [
    [l10n.t('Session'), header.sessionId],
    [l10n.t('Connection'), `${header.connection} (${header.origin})`],
    [l10n.t('Agent'), agent],
    [l10n.t('Environment'), header.environment],
    [l10n.t('Cost'), header.cost],
  ];
  return lines.flatMap(([name, value]) => (value === null || value === '' ? [] : ([[name, value]] as const)));
}
