import type { L10n } from '../l10n.ts';
import { markdownCode, markdownText } from '../text/markdownText.ts';
import { sessionStatusText } from '../text/sessionStatus.ts';
import { type AgentUsage, type SessionUsage, type UsageField } from './agentUsage.ts';

/** What the report says around the numbers. */
export interface UsageReportFacts {
  readonly agentName: string;
  readonly agentId: string;
  readonly connection: string;
  /** Whether the server gave the archived sessions too. */
  readonly hasArchived: boolean;
  /** When it was read, as the reader's language writes it. */
  readonly readAt: string;
  readonly locale: string;
}

/** What an agent used over its sessions, as Markdown; and what the server did not say of it. */
export function agentUsageReport(usage: AgentUsage, facts: UsageReportFacts, l10n: L10n): string {
  const write = writer(facts.locale);
  return [
    `# ${l10n.t('Usage of {name}', { name: markdownText(facts.agentName) })}`,
    '',
    l10n.t('Agent {id} on {connection}, read {time}.', {
      id: markdownCode(facts.agentId),
      connection: markdownText(facts.connection),
      time: markdownText(facts.readAt),
    }),
    '',
    ...stoppedPart(usage, l10n, write),
    ...totalsPart(usage, l10n, write),
    ...statusPart(usage, l10n, write),
    ...dearestPart(usage, l10n, write),
    ...missingPart(usage, facts.hasArchived, l10n, write),
  ].join('\n');
}

interface Writer {
  readonly number: (value: number) => string;
  readonly time: (ms: number) => string;
  readonly money: (cents: number, currency: string) => string;
}

function stoppedPart({ stopped, sessions }: AgentUsage, l10n: L10n, { number }: Writer): readonly string[] {
  const count = { count: number(sessions) };
  switch (stopped) {
    case 'cancelled':
      return [
        `> ${l10n.t('You stopped the reading: this is about the first {count} sessions only.', count)}`,
        '',
      ];
    case 'limit':
      return [
        `> ${l10n.t('The server has more sessions than are read at once: this is about the first {count} only.', count)}`,
        '',
      ];
    default:
      return [];
  }
}

function totalsPart(usage: AgentUsage, l10n: L10n, write: Writer): readonly string[] {
  const { sums, costs, sessions } = usage;
  const value = (field: UsageField, text: (value: number) => string) => {
    const { sum, told } = sums[field];
    return told === 0
      ? l10n.t('not given')
      : told < sessions
        ? l10n.t('{value} in {told} of {count} sessions', {
            value: text(sum),
            told: write.number(told),
            count: write.number(sessions),
          })
        : text(sum);
  };
  const cost =
    costs.size === 0
      ? l10n.t('not given')
      : [...costs].map(([currency, cents]) => write.money(cents, currency)).join(' + ');
  return table(
    [l10n.t('In all'), ''],
    [
      [l10n.t('Sessions'), write.number(sessions)],
      [l10n.t('Time the agent worked'), value('activeMs', write.time)],
      [l10n.t('Tokens in'), value('input', write.number)],
      [l10n.t('Tokens out'), value('output', write.number)],
      [l10n.t('Read from the cache'), value('cacheRead', write.number)],
      [l10n.t('Written to the cache'), value('cacheWrite', write.number)],
      [l10n.t('List cost'), cost],
    ],
    1,
  );
}

function statusPart({ statuses }: AgentUsage, l10n: L10n, write: Writer): readonly string[] {
  const rows = [...statuses.values()]
    .sort((one, other) => other.count - one.count)
    .map(({ sample, count }) => [markdownText(sessionStatusText(sample, l10n)), write.number(count)]);
  return rows.length === 0
    ? []
    : [`## ${l10n.t('By status')}`, '', ...table([l10n.t('Status'), l10n.t('Sessions')], rows, 1)];
}

function dearestPart({ dearest, costsTold }: AgentUsage, l10n: L10n, write: Writer): readonly string[] {
  if (dearest.length === 0) {
    return [];
  }
  const title =
    costsTold > 0 ? l10n.t('The sessions that cost most') : l10n.t('The sessions with the most tokens');
  const head = [
    l10n.t('Session'),
    l10n.t('Id'),
    l10n.t('Status'),
    l10n.t('Time'),
    l10n.t('Tokens in'),
    l10n.t('Tokens out'),
    l10n.t('From the cache'),
    l10n.t('List cost'),
  ];
  return [
    `## ${title}`,
    '',
    ...table(
      head,
      dearest.map((each) => dearestRow(each, l10n, write)),
      3,
    ),
  ];
}

function dearestRow(usage: SessionUsage, l10n: L10n, write: Writer): readonly string[] {
  const { session, activeMs, input, output, cacheRead, cost } = usage;
  const number = (value: number | undefined) => (value === undefined ? '–' : write.number(value));
  return [
    markdownText(session.title ?? l10n.t('without a title')),
    markdownCode(session.id),
    markdownText(sessionStatusText(session, l10n)),
    activeMs === undefined ? '–' : write.time(activeMs),
    number(input),
    number(output),
    number(cacheRead),
    cost === undefined ? '–' : write.money(cost.cents, cost.currency),
  ];
}

/** What the server did not say: a sum without it would pass for the whole. */
function missingPart(usage: AgentUsage, hasArchived: boolean, l10n: L10n, write: Writer): readonly string[] {
  const { sessions, sums, costsTold, skipped } = usage;
  const lacking = (told: number, what: string) =>
    told >= sessions
      ? []
      : [
          told === 0
            ? l10n.t('{what}: for no session', { what })
            : l10n.t('{what}: for {count} sessions', { what, count: write.number(sessions - told) }),
        ];
  const lines = [
    ...lacking(sums.activeMs.told, l10n.t('Time the agent worked')),
    ...lacking(Math.min(sums.input.told, sums.output.told), l10n.t('Tokens in and out')),
    ...lacking(Math.min(sums.cacheRead.told, sums.cacheWrite.told), l10n.t('Tokens of the cache')),
    ...lacking(costsTold, l10n.t('List cost')),
    ...(hasArchived ? [] : [l10n.t('Archived sessions: it lists none')]),
    ...(skipped === 0
      ? []
      : [l10n.t('{count} entries of its lists could not be understood', { count: write.number(skipped) })]),
  ];
  if (sessions === 0) {
    return [l10n.t('This agent has no sessions.'), ''];
  }
  return lines.length === 0
    ? []
    : [`## ${l10n.t('What the server did not give')}`, '', ...lines.map((line) => `- ${line}`), ''];
}

/** @param numbers the columns from this one on stand at the right. */
function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  numbers: number,
): readonly string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, index) => (index >= numbers ? '---:' : '---'));
  return [line(head), line(rule), ...rows.map(line), ''];
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

function writer(locale: string): Writer {
  const number = new Intl.NumberFormat(locale);
  const unit = (name: string) =>
    new Intl.NumberFormat(locale, {
      style: 'unit',
      unit: name,
      unitDisplay: 'short',
      maximumFractionDigits: 0,
    });
  const [seconds, minutes, hours] = [unit('second'), unit('minute'), unit('hour')];
  return {
    number: (value) => number.format(value),
    time: (ms) => {
      const whole = Math.round(ms / SECOND) * SECOND;
      if (whole < MINUTE) {
        return seconds.format(whole / SECOND);
      }
      return whole < HOUR
        ? `${minutes.format(Math.floor(whole / MINUTE))} ${seconds.format((whole % MINUTE) / SECOND)}`
        : `${hours.format(Math.floor(whole / HOUR))} ${minutes.format(Math.floor((whole % HOUR) / MINUTE))}`;
    },
    money: (cents, currency) =>
      new Intl.NumberFormat(locale, { style: 'currency', currency }).format(cents / 100),
  };
}
