import type { L10n } from '../l10n.ts';
import { markdownCode, markdownText } from '../text/markdownText.ts';
import type { ContractReport, OperationFinding, Presence } from './contractReport.ts';

const marks: Readonly<Record<Presence, string>> = { present: '✓', absent: '–', refused: '✗', unknown: '?' };

/** The word for what was found about an operation. */
function presenceWord(status: Presence, l10n: L10n): string {
  switch (status) {
    case 'present':
      return l10n.t('offered');
    case 'absent':
      return l10n.t('not offered');
    case 'refused':
      return l10n.t('refused');
    case 'unknown':
      return l10n.t('not known');
  }
}

/**
 * What a server offers, as a Markdown document: the sum first, then what it means for a person, then a table per
 * kind of thing. Everything in it that is not ours is escaped.
 */
export function contractMarkdown(report: ContractReport, l10n: L10n): string {
  const pinned = report.operations.filter(({ contract }) => contract !== 'beyond');
  const offered = pinned.filter(({ status }) => status === 'present').length;
  const sections = [
    `# ${markdownText(l10n.t('What {name} offers', { name: report.connection.name }))}`,
    `**${markdownText(
      l10n.t('{offered} of the {pinned} operations of the contract are offered.', {
        offered,
        pinned: report.pinned,
      }),
    )}**`,
    features(report.operations, l10n),
    ...groups(l10n).map(([title, matches]) => group(title, report.operations.filter(matches), l10n)),
    facts(report, l10n),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

type Matches = (finding: OperationFinding) => boolean;

function groups(l10n: L10n): readonly (readonly [title: string, matches: Matches])[] {
  const below = (start: string) => (finding: OperationFinding) =>
    finding.path.startsWith(start) && finding.contract !== 'beyond';
  return [
    [l10n.t('Health'), below('/health')],
    [l10n.t('Environments'), below('/environments')],
    [l10n.t('Agents'), below('/agents')],
    [l10n.t('Sessions'), below('/sessions')],
    [l10n.t('Threads'), below('/threads')],
    [l10n.t('Beyond the contract'), ({ contract }) => contract === 'beyond'],
  ];
}

/** The operations that a feature rests on, and what a person calls it. */
function features(operations: readonly OperationFinding[], l10n: L10n): string {
  const rows: readonly (readonly [feature: string, operation: string])[] = [
    [l10n.t('Live sessions'), 'GET /sessions/{session_id}/events/stream'],
    [l10n.t('Send messages, approve tools, interrupt'), 'POST /sessions/{session_id}/events'],
    [l10n.t('Versions of agents'), 'GET /agents/{agent_id}/versions'],
    [l10n.t('Threads of sessions'), 'GET /sessions/{session_id}/threads'],
    [l10n.t('Delete sessions'), 'DELETE /sessions/{session_id}'],
    [l10n.t('Files that a session wrote'), 'GET /files'],
  ];
  const lines = rows.map(([feature, operation]) => {
    const status =
      operations.find(({ method, path }) => `${method} ${path}` === operation)?.status ?? 'unknown';
    return `| ${marks[status]} | ${markdownText(feature)} | ${markdownText(presenceWord(status, l10n))} |`;
  });
  return [`| | ${markdownText(l10n.t('Feature'))} | |`, '| :-: | --- | --- |', ...lines].join('\n');
}

function group(title: string, findings: readonly OperationFinding[], l10n: L10n): string {
  if (findings.length === 0) {
    return '';
  }
  const head = ['', l10n.t('Operation'), l10n.t('Found'), 'HTTP', l10n.t('How')];
  const rows = findings.map(({ status, method, path, http, how, contract }) => {
    const note = contract === 'unproxied' ? ` (${l10n.t('not proxied by Synth')})` : '';
    return [
      marks[status],
      markdownCode(`${method} ${path}`) + markdownText(note),
      markdownText(presenceWord(status, l10n)),
      http === null ? '' : String(http),
      markdownText(howText(how, l10n)),
    ];
  });
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    `## ${markdownText(title)}`,
    '',
    line(head.map(markdownText)),
    line([':-:', '---', '---', '---:', '---']),
    ...rows.map(line),
  ].join('\n');
}

function howText(how: OperationFinding['how'], l10n: L10n): string {
  switch (how) {
    case 'asked':
      return l10n.t('asked');
    case 'madeUpId':
      return l10n.t('asked for an id that nothing has');
    case 'options':
      return l10n.t('asked what the path takes');
    case 'wrote':
      return l10n.t('asked with an empty request');
    case 'notAsked':
      return l10n.t('not asked');
  }
}

function facts(report: ContractReport, l10n: L10n): string {
  const { connection, leftBehind } = report;
  const entries = [
    [l10n.t('Base URL'), markdownCode(connection.baseUrl)],
    [l10n.t('Looked at'), markdownCode(report.generatedAt)],
    [
      l10n.t('Changes'),
      markdownText(
        report.allowWrites
          ? l10n.t('were allowed; what was created is archived')
          : l10n.t('none: nothing was created, changed or removed'),
      ),
    ],
    ...leftBehind.map((id) => [l10n.t('Left behind'), markdownCode(id)]),
  ];
  const lines = entries.map(([label, value]) => `- **${markdownText(label ?? '')}:** ${value ?? ''}`);
  return `## ${markdownText(l10n.t('Facts'))}\n\n${lines.join('\n')}`;
}
