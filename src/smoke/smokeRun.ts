import { ApiError } from '../api/errors.ts';
import type { CallRecord } from '../api/http/caller.ts';
import { type SmokeCheck, type SmokeCheckId, smokeChecks, withNeeds } from './checks.ts';
import { describeCheck, type DoneCheck, type Outcome } from './describeCheck.ts';
import { type ProbeContext, probes } from './probes.ts';
import type { SmokeOptions } from './smokeOptions.ts';
import type { SmokeResult } from './smokeReport.ts';
import { isAbsent, type Symptom, symptomOf } from './symptom.ts';
import type { WholePicture } from './wholePicture.ts';
import { TimeLimitError, withTimeLimit } from './timeLimit.ts';

/** A session that is being created when the user gives up is waited for this long, so that it can be archived. */
const CREATION_GRACE_MS = 10_000;
const neverAborted = new AbortController().signal;

/** One run of the checks: carries them out one by one and remembers what came. */
export class SmokeRun {
  private readonly options: SmokeOptions;
  private readonly context: ProbeContext;
  private readonly done = new Map<SmokeCheckId, DoneCheck>();
  /** An optional operation was missing; the next answer tells what that means. */
  private held: DoneCheck | undefined;
  private calls: CallRecord[] = [];
  private readonly wanted: ReadonlySet<SmokeCheckId> | undefined;

  constructor(options: SmokeOptions) {
    this.options = options;
    this.wanted = options.only === undefined ? undefined : withNeeds(options.only);
    const { clock, l10n, sessionId } = options;
    const mark = Math.floor(options.random() * 0xffff_ffff).toString(16);
    this.context = {
      client: options.client.observed((record) => this.calls.push(record)),
      clock,
      l10n,
      title: `Smoke check ${new Date(clock.now()).toISOString()} ${mark}`,
      found: {
        agent: undefined,
        environment: undefined,
        sessionId,
        creation: 'none',
        stream: undefined,
        older: undefined,
        turn: undefined,
      },
    };
  }

  /** The session that was looked at, given or created. */
  get sessionId(): string | undefined {
    return this.context.found.sessionId;
  }

  /** Carries one check out and tells of it. Whatever goes wrong becomes its result. */
  async step(check: SmokeCheck): Promise<void> {
    const { clock, l10n, onProgress } = this.options;
    const started = clock.now();
    this.calls = [];
    const leftOut = this.reasonToLeaveOut(check);
    if (leftOut === undefined) {
      onProgress?.({ kind: 'started', id: check.id, title: check.title(l10n) });
    }
    const outcome = leftOut ?? (await this.attempt(check));
    const done = { check, outcome, ms: clock.now() - started, calls: this.calls };
    this.done.set(check.id, done);
    if (check.optional === true && outcome.status === 'failed' && isAbsent(outcome.symptom)) {
      this.held = done;
      return;
    }
    this.releaseHeld(outcome);
    this.announce(done);
  }

  /** Ends streams that a failed or cancelled run left open. */
  leaveStream(): void {
    this.context.found.stream?.letGo();
    this.context.found.older?.letGo();
  }

  /** What went wrong, in the order of the checks. */
  get symptoms(): readonly Symptom[] {
    return this.outcomes().flatMap((outcome) => (outcome.status === 'failed' ? [outcome.symptom] : []));
  }

  /** How many checks have passed. */
  get passed(): number {
    return this.outcomes().filter(({ status }) => status === 'passed').length;
  }

  /** Requests of all checks, in their order. */
  get requests(): readonly CallRecord[] {
    return [...this.done.values()].flatMap(({ calls }) => calls);
  }

  /** All results in their order, each failure with the cause that the whole run points to. */
  results(picture: WholePicture): readonly SmokeResult[] {
    return [...this.done.values()].map((done) => describeCheck(done, this.options, picture));
  }

  private outcomes(): readonly Outcome[] {
    return [...this.done.values()].map(({ outcome }) => outcome);
  }

  private reasonToLeaveOut(check: SmokeCheck): Outcome | undefined {
    const { l10n, level, sessionId, signal } = this.options;
    if (check.cleanup === true) {
      return this.context.found.creation === 'none'
        ? { status: 'skipped', came: l10n.t('This run created no session') }
        : undefined;
    }
    if (signal.aborted) {
      return { status: 'cancelled', came: l10n.t('The run was cancelled before this check') };
    }
    if (this.wanted?.has(check.id) === false) {
      return { status: 'skipped', came: l10n.t('Not asked for') };
    }
    if (check.id === 'createSession' && sessionId !== undefined) {
      return { status: 'skipped', came: l10n.t('The given session is used instead') };
    }
    if (check.writes === true && level === 'quick') {
      return { status: 'skipped', came: l10n.t('This run only reads') };
    }
    const missing = check.needs.find((id) => !this.isProvided(id));
    if (missing === undefined) {
      return undefined;
    }
    const title = smokeChecks.find(({ id }) => id === missing)?.title(l10n) ?? missing;
    const came =
      this.done.get(missing)?.outcome.status === 'failed'
        ? l10n.t('Needs “{title}”, which failed', { title })
        : l10n.t('Needs “{title}”, which was left out', { title });
    return { status: 'skipped', came };
  }

  private isProvided(id: SmokeCheckId): boolean {
    const isGiven = id === 'createSession' && this.options.sessionId !== undefined;
    return isGiven || this.done.get(id)?.outcome.status === 'passed';
  }

  private async attempt(check: SmokeCheck): Promise<Outcome> {
    const { clock, l10n, signal } = this.options;
    const limit = {
      clock,
      ms: check.limitMs,
      signal: check.cleanup === true ? neverAborted : signal,
      graceMs: check.id === 'createSession' ? CREATION_GRACE_MS : undefined,
    };
    try {
      const answer = await withTimeLimit(limit, (own) => probes[check.id](this.context, own));
      if ('skip' in answer) {
        return { status: 'skipped', came: answer.skip };
      }
      const status = this.calls.at(-1)?.status;
      return status === undefined || check.statuses.length === 0 || check.statuses.includes(status)
        ? { status: 'passed', came: answer.came }
        : { status: 'failed', symptom: { check: check.id, reason: 'otherStatus', status } };
    } catch (error) {
      if (signal.aborted && ApiError.is(error, 'cancelled')) {
        return { status: 'cancelled', came: l10n.t('Cancelled') };
      }
      this.noteRefusal(check, error);
      const symptom: Symptom =
        error instanceof TimeLimitError
          ? { check: check.id, reason: 'timeLimit' }
          : symptomOf(check.id, error);
      return { status: 'failed', symptom: { ...symptom, leftBehind: this.leftBehind(check) } };
    }
  }

  /** What stays on the server when the cleaning up fails. */
  private leftBehind(check: SmokeCheck): string | undefined {
    const { found, title } = this.context;
    if (check.cleanup !== true) {
      return undefined;
    }
    return found.creation === 'done' ? found.sessionId : title;
  }

  /** A creation that the server refused, or never heard of, has made nothing; after any other failure it may have. */
  private noteRefusal(check: SmokeCheck, error: unknown): void {
    const { found } = this.context;
    if (check.id !== 'createSession' || found.creation !== 'unsure' || !ApiError.is(error)) {
      return;
    }
    const { sent, status } = error.details;
    if (
      sent === false ||
      error.reason === 'notOffered' ||
      (status !== undefined && status >= 400 && status < 500)
    ) {
      found.creation = 'none';
    }
  }

  /** Decides what a missing optional operation means, now that the next answer is known. */
  private releaseHeld(next: Outcome): void {
    const held = this.held;
    if (held === undefined) {
      return;
    }
    this.held = undefined;
    const isNothingThere = next.status === 'failed' && isAbsent(next.symptom);
    const settled: DoneCheck = isNothingThere
      ? held
      : {
          ...held,
          outcome: {
            status: 'skipped',
            came: this.options.l10n.t(
              'This server has no such operation; the reads that follow prove as much',
            ),
          },
        };
    this.done.set(held.check.id, settled);
    this.announce(settled);
  }

  private announce(done: DoneCheck): void {
    this.options.onProgress?.({ kind: 'finished', result: describeCheck(done, this.options) });
  }
}
