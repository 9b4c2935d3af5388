import { type Connection, presets } from '../api/connection.ts';
import type { CallRecord } from '../api/http/caller.ts';
import { operation } from '../api/operations.ts';
import type { L10n } from '../l10n.ts';
import type { CauseFacts } from './causes.ts';
import type { SmokeCheck } from './checks.ts';
import { type CauseId, causeOf, diagnose, type Diagnosis } from './runbook.ts';
import type { SmokeOptions } from './smokeOptions.ts';
import type { SmokeResult } from './smokeReport.ts';
import type { Symptom } from './symptom.ts';
import type { WholePicture } from './wholePicture.ts';

/** What became of a check, before it is put into words. */
export type Outcome =
  | { readonly status: 'passed' | 'skipped' | 'cancelled'; readonly came: string }
  | { readonly status: 'failed'; readonly symptom: Symptom };

export interface DoneCheck {
  readonly check: SmokeCheck;
  readonly outcome: Outcome;
  readonly ms: number;
  /** The requests that it made, in their order. */
  readonly calls: readonly CallRecord[];
}

type Context = Pick<SmokeOptions, 'client' | 'l10n' | 'redact'>;

/**
 * Puts the result of a check into words and facts, redacted.
 * @param picture what the run as a whole points to, once it is over.
 */
export function describeCheck(done: DoneCheck, options: Context, picture: WholePicture = {}): SmokeResult {
  const { l10n, redact } = options;
  const { connection } = options.client;
  const { check, outcome, calls } = done;
  const symptom = outcome.status === 'failed' ? outcome.symptom : undefined;
  const target = operation(check.operation);
  const last = calls.at(-1);
  const method = symptom?.method ?? last?.method ?? target.method;
  const path =
    symptom?.path === undefined
      ? (last?.path ?? `${connection.prefix}${target.path}`)
      : `${connection.prefix}${symptom.path}`;
  const httpStatus = symptom?.status ?? last?.status;
  const requestId = symptom?.requestId ?? last?.requestId;
  return {
    id: check.id,
    title: check.title(l10n),
    proves: check.proves(l10n),
    status: outcome.status,
    ms: done.ms,
    method,
    path: redact(path),
    attempts: calls.filter((call) => call.path === path).length,
    ...(httpStatus !== undefined && { httpStatus }),
    ...(requestId !== undefined && { requestId: redact(requestId) }),
    expected: check.expected(l10n),
    came: redact(outcome.status === 'failed' ? cameInstead(outcome.symptom, l10n) : outcome.came),
    ...(symptom?.serverSaid !== undefined && { serverSaid: redact(symptom.serverSaid) }),
    ...(symptom !== undefined && {
      diagnosis: diagnosisOf(symptom, picture, `${method} ${path}`, options),
    }),
  };
}

function cameInstead(symptom: Symptom, l10n: L10n): string {
  const answer = answerInstead(symptom, l10n);
  return symptom.leftBehind === undefined
    ? answer
    : l10n.t('{answer}; left behind: {session}', { answer, session: symptom.leftBehind });
}

function answerInstead(symptom: Symptom, l10n: L10n): string {
  const { status, contentType } = symptom;
  if (symptom.reason === 'timeLimit') {
    return l10n.t('Nothing within the time limit');
  }
  if (status === undefined) {
    return l10n.t('No answer');
  }
  return contentType === undefined || contentType === ''
    ? l10n.t('HTTP {status}', { status })
    : l10n.t('HTTP {status} with the content type {contentType}', { status, contentType });
}

function diagnosisOf(
  symptom: Symptom,
  picture: WholePicture,
  request: string,
  { client: { connection }, l10n, redact }: Context,
): Diagnosis {
  const place = { connection: connection.name, origin: connection.origin };
  const cause = picture.cause ?? ownCause(symptom, connection, picture);
  const facts = causeFacts(connection, symptom, request, picture);
  const found = diagnose(cause, symptom, facts, place, l10n);
  return { ...found, likelyCause: redact(found.likelyCause), nextStep: redact(found.nextStep) };
}

/** The cause of one symptom, in the light of how the connection is set up and how late it is there. */
function ownCause(symptom: Symptom, connection: Connection, { skewMs }: WholePicture): CauseId {
  const cause = causeOf(symptom);
  if (skewMs !== undefined && (cause === 'tls' || cause === 'edgeAuth')) {
    return 'clockSkew';
  }
  return cause === 'operationMismatch' && connection.betas.length === 0 ? 'betaMissing' : cause;
}

function causeFacts(
  connection: Connection,
  symptom: Symptom,
  request: string,
  { otherPrefix, skewMs }: WholePicture,
): CauseFacts {
  const { host } = new URL(connection.origin);
  const isAnthropic = presets.some(({ id, origin }) => id === 'anthropic' && origin === connection.origin);
  const betas = connection.betas.length > 0 ? [`anthropic-beta: ${connection.betas.join(',')}`] : [];
  return {
    baseUrl: `${connection.origin}${connection.prefix}`,
    keyName: isAnthropic ? 'ANTHROPIC_API_KEY' : 'SYNTH_API_KEY',
    host,
    headers: [`anthropic-version: ${connection.version}`, ...betas].join('; '),
    request,
    status: symptom.status === undefined ? '' : String(symptom.status),
    contentType: symptom.contentType ?? '',
    otherBaseUrl: `${connection.origin}${otherPrefix ?? ''}`,
    skewMinutes: skewMs === undefined ? '' : String(Math.round(Math.abs(skewMs) / 60_000)),
  };
}
