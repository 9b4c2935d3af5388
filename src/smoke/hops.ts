import type { L10n } from '../l10n.ts';
import { assertNever } from '../util/assertNever.ts';
import type { CauseId } from './runbook.ts';
import type { SmokeReport } from './smokeReport.ts';

/** Where on its way a request, or the answer to it, went wrong. */
type BreakPoint = 'here' | 'way' | 'proxy' | 'server' | 'upstream' | 'back';

/** One station between the person and the service behind the server. */
export interface Hop {
  readonly name: string;
  readonly state: 'reached' | 'broken' | 'unknown';
}

/** The place that a cause points to. */
function breakPointOf(cause: CauseId): BreakPoint {
  switch (cause) {
    case 'noKey':
    case 'connection':
    case 'badId':
    case 'clockSkew':
    case 'unexpected':
      return 'here';
    case 'dns':
    case 'refused':
    case 'unreachable':
    case 'tls':
    case 'noAnswer':
      return 'way';
    case 'proxyAuth':
    case 'page':
    case 'redirected':
      return 'proxy';
    case 'buffered':
    case 'nothingArrives':
    case 'idleCut':
    case 'broken':
    case 'wrongContentType':
      return 'back';
    case 'edgeAuth':
    case 'operationMismatch':
    case 'betaMissing':
    case 'wrongPrefix':
    case 'retired':
    case 'rateLimited':
    case 'payment':
    case 'requestInvalid':
    case 'sessionUnknown':
    case 'conflict':
    case 'otherStatus':
    case 'unreadable':
      return 'server';
    case 'proxyConfig':
    case 'serverFault':
    case 'overloaded':
    case 'notPosted':
    case 'noReply':
    case 'turnFailed':
    case 'lost':
      return 'upstream';
    default:
      return assertNever(cause);
  }
}

/** The stations from the extension host to the service behind the server, and how far the first failure got. */
export function hopsOf(report: SmokeReport, l10n: L10n): readonly Hop[] {
  const cause = report.checks.find(({ status }) => status === 'failed')?.diagnosis?.cause;
  const at = cause === undefined ? undefined : breakPointOf(cause);
  const names = [
    ['here', l10n.t('This machine')],
    ...(report.proxy === undefined
      ? []
      : [['proxy', l10n.t('Proxy {proxy}', { proxy: report.proxy })] as const]),
    ['server', report.connection.name],
    ['upstream', l10n.t('Agents and models')],
  ] as const;
  // Without a known proxy, what one does wrong happens somewhere on the way; so does what breaks the way back.
  const broken =
    at === 'way' || at === 'back' || (at === 'proxy' && report.proxy === undefined) ? 'server' : at;
  const brokenAt = names.findIndex(([id]) => id === broken);
  return names.map(([, name], index) => ({ name, state: stateOf(index, brokenAt, report) }));
}

function stateOf(index: number, brokenAt: number, report: SmokeReport): Hop['state'] {
  if (brokenAt !== -1) {
    return index < brokenAt ? 'reached' : index === brokenAt ? 'broken' : 'unknown';
  }
  // The last station has shown itself only where an agent has answered.
  const isUpstream = report.checks.some(({ id, status }) => id === 'agentReplies' && status === 'passed');
  const isLast = index === (report.proxy === undefined ? 2 : 3);
  return report.counts.passed === 0 || (isLast && !isUpstream) ? 'unknown' : 'reached';
}

const marks: Readonly<Record<Hop['state'], string>> = { reached: '✓', broken: '✗', unknown: '·' };

/** The stations as one line of plain text, each with its mark before its name: `✓ This machine ── ✗ Synth`. */
export function hopsText(hops: readonly Hop[]): string {
  return hops.map(({ name, state }) => `${marks[state]} ${name}`).join('  ──▶  ');
}
