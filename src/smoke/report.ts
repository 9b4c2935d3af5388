import type { L10n } from '../l10n.ts';
import { hopsOf, hopsText } from './hops.ts';
import { markdownCode, markdownText } from '../text/markdownText.ts';
import type { SmokeReport, SmokeResult, SmokeStatus } from './smokeReport.ts';

/** How a status is shown: a symbol that is never alone, since a word stands beside it. */
export const statusSymbols: Readonly<Record<SmokeStatus, string>> = {
  passed: '✓',
  failed: '✗',
  skipped: '–',
  cancelled: '○',
};

/** The word for a status. */
export function statusWord(status: SmokeStatus, l10n: L10n): string {
  switch (status) {
    case 'passed':
      return l10n.t('passed');
    case 'failed':
      return l10n.t('failed');
    case 'skipped':
      return l10n.t('skipped');
    case 'cancelled':
      return l10n.t('cancelled');
  }
}

/** The report as a Markdown document. Everything in it that is not ours is escaped. */
export function reportMarkdown(report: SmokeReport, l10n: L10n): string {
  const failures = report.checks.filter(({ status }) => status === 'failed');
  const sections = [
    `# ${markdownText(l10n.t('Smoke checks: {name}', { name: report.connection.name }))}`,
    `**${statusSymbols[report.outcome]} ${markdownText(report.verdict)}**`,
    way(report, l10n),
    table(report, l10n),
    ...failures.map((failure) => failureSection(failure, l10n)),
    facts(report, l10n),
  ];
  return `${sections.join('\n\n')}\n`;
}

/** The report as JSON, for machines. */
export function reportJson(report: SmokeReport): string {
  return JSON.stringify(report, undefined, 2);
}

/** The way of a request, and where it broke. In a code block, so that its lines stay as they are. */
function way(report: SmokeReport, l10n: L10n): string {
  const line = hopsText(hopsOf(report, l10n)).replace(/[`\r\n]/g, ' ');
  return `## ${markdownText(l10n.t('The way of a request'))}\n\n\`\`\`text\n${line}\n\`\`\``;
}

function table(report: SmokeReport, l10n: L10n): string {
  const head = [
    l10n.t('Check'),
    l10n.t('Result'),
    l10n.t('Time'),
    l10n.t('HTTP'),
    l10n.t('Request id'),
    l10n.t('What came'),
  ];
  const rows = report.checks.map((result) => [
    markdownText(result.title),
    `${statusSymbols[result.status]}\u00a0${markdownText(statusWord(result.status, l10n))}`,
    isLeftOut(result) ? '' : markdownText(milliseconds(result.ms, l10n)).replace(' ', '\u00a0'),
    result.httpStatus === undefined ? '' : String(result.httpStatus),
    result.requestId === undefined ? '' : markdownCode(result.requestId),
    markdownText(cameText(result, l10n)),
  ]);
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(['---', '---', '---:', '---', '---', '---']), ...rows.map(line)].join('\n');
}

function failureSection(result: SmokeResult, l10n: L10n): string {
  const request = `${result.method} ${result.path}`;
  const entries: readonly (readonly [label: string, value: string])[] = [
    [l10n.t('Request'), markdownCode(request)],
    [l10n.t('Expected'), markdownText(result.expected)],
    [l10n.t('What came'), markdownText(cameText(result, l10n))],
    ...(result.serverSaid === undefined
      ? []
      : [[l10n.t('The server said'), `“${markdownText(result.serverSaid)}”`] as const]),
    ...(result.requestId === undefined
      ? []
      : [[l10n.t('Request id'), markdownCode(result.requestId)] as const]),
    ...(result.diagnosis === undefined
      ? []
      : ([
          [l10n.t('Likely cause'), markdownText(result.diagnosis.likelyCause)],
          [l10n.t('What to do'), markdownText(result.diagnosis.nextStep)],
        ] as const)),
  ];
  const heading = `## ${statusSymbols.failed} ${markdownText(l10n.t('{title} failed', { title: result.title }))}`;
  return `${heading}\n\n${list(entries)}`;
}

function facts(report: SmokeReport, l10n: L10n): string {
  const { connection } = report;
  const level =
    report.level === 'full' ? l10n.t('full: creates a session and archives it') : l10n.t('only reads');
  const entries: readonly (readonly [label: string, value: string])[] = [
    [l10n.t('Connection'), markdownText(connection.name)],
    [l10n.t('Base URL'), markdownCode(connection.baseUrl)],
    [
      l10n.t('Key travels as'),
      markdownCode(connection.auth === 'bearer' ? 'Authorization: Bearer' : 'x-api-key'),
    ],
    ['anthropic-version', markdownCode(connection.version)],
    ['anthropic-beta', connection.betas.length === 0 ? '–' : connection.betas.map(markdownCode).join(', ')],
    [l10n.t('Level'), markdownText(level)],
    ...(report.sessionId === undefined ? [] : [[l10n.t('Session'), markdownCode(report.sessionId)] as const]),
    [l10n.t('Started'), markdownCode(report.startedAt)],
    [l10n.t('Duration'), markdownText(milliseconds(report.durationMs, l10n))],
    ...Object.entries(report.versions).map(([name, version]) => [name, markdownCode(version)] as const),
  ];
  return `## ${markdownText(l10n.t('Facts'))}\n\n${list(entries)}`;
}

function list(entries: readonly (readonly [label: string, value: string])[]): string {
  return entries.map(([label, value]) => `- **${markdownText(label)}:** ${value}`).join('\n');
}

/** Whether nothing was done for a check, so that its time says nothing. */
export function isLeftOut({ status, attempts }: SmokeResult): boolean {
  return attempts === 0 && (status === 'skipped' || status === 'cancelled');
}

function cameText(result: SmokeResult, l10n: L10n): string {
  return result.attempts > 1
    ? l10n.t('{came} (after {attempts} attempts)', { came: result.came, attempts: result.attempts })
    : result.came;
}

function milliseconds(ms: number, l10n: L10n): string {
  return l10n.t('{ms} ms', { ms: Math.round(ms) });
}
