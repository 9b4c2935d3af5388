import type { SmokeReport, SmokeResult } from './smokeReport.ts';

/**
 * The report as a JUnit file, as CI systems read it: one suite, one case per check. Everything in it was
 * redacted before; what XML 1.0 cannot hold is left out, and the rest is escaped.
 */
export function reportJunit(report: SmokeReport): string {
  const { counts, checks, connection } = report;
  const suite = [
    ['name', `Smoke checks of ${connection.name}`],
    ['tests', String(checks.length)],
    ['failures', String(counts.failed)],
    ['errors', '0'],
    ['skipped', String(counts.skipped + counts.cancelled)],
    ['time', seconds(report.durationMs)],
    ['timestamp', report.startedAt],
    ['hostname', connection.baseUrl],
  ] as const;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    `  <testsuite${attributes(suite)}>`,
    ...checks.flatMap(caseLines),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function caseLines(result: SmokeResult): readonly string[] {
  const open = `    <testcase${attributes([
    ['classname', 'smoke'],
    ['name', result.title],
    ['time', seconds(result.ms)],
  ])}`;
  switch (result.status) {
    case 'passed':
      return [`${open}/>`];
    case 'skipped':
    case 'cancelled':
      return [`${open}>`, `      <skipped${attributes([['message', result.came]])}/>`, '    </testcase>'];
    case 'failed': {
      const facts = attributes([
        ['message', result.diagnosis?.likelyCause ?? result.came],
        ['type', result.diagnosis?.cause ?? 'failed'],
      ]);
      return [
        `${open}>`,
        `      <failure${facts}>${escaped(failureText(result))}</failure>`,
        '    </testcase>',
      ];
    }
  }
}

function failureText(result: SmokeResult): string {
  return [
    `${result.method} ${result.path}`,
    `Expected: ${result.expected}`,
    `Came: ${result.came}`,
    ...(result.serverSaid === undefined ? [] : [`The server said: ${result.serverSaid}`]),
    ...(result.requestId === undefined ? [] : [`Request id: ${result.requestId}`]),
    ...(result.diagnosis === undefined ? [] : [`What to do: ${result.diagnosis.nextStep}`]),
  ].join('\n');
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(3);
}

function attributes(entries: readonly (readonly [name: string, value: string])[]): string {
  return entries.map(([name, value]) => ` ${name}="${escaped(value).replaceAll('\n', '&#10;')}"`).join('');
}

/** Text as XML 1.0 allows it (section 2.2 of the recommendation, Char). */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
