import type { JsonObject } from '../util/json.ts';

/** What went wrong, independent of the dialect that reports it. */
export type SandboxErrorKind =
  | 'invalid' // the request is understood, and refused in this state
  | 'validation' // fields of the body or the query are wrong; `issues` says which
  | 'unauthorized'
  | 'forbidden'
  | 'notFound'
  | 'methodNotAllowed'
  | 'conflict'
  | 'tooLarge'
  | 'misdirected' // the Host header names another server
  | 'internal';

/** One complaint about one field. `loc` starts with where the field is: `body` or `query`. */
export interface Issue {
  readonly loc: readonly (string | number)[];
  readonly msg: string;
  /** The kind of complaint in the spelling of Synth's documented 422 bodies, such as `value_error.missing`. */
  readonly type: string;
}

/** The one error that handlers throw; each dialect turns it into its own status and body. */
export class SandboxError extends Error {
  override readonly name = 'SandboxError';
  readonly kind: SandboxErrorKind;
  readonly issues: readonly Issue[];
  /** Anthropic's `error.details`, where its reference names an error code. */
  readonly details: JsonObject | undefined;
  /** The methods that the path does take; a refused method must name them (RFC 9110, 15.5.6). */
  readonly allow: readonly string[];

  constructor(
    kind: SandboxErrorKind,
    message: string,
    more: { issues?: readonly Issue[]; errorCode?: string; allow?: readonly string[] } = {},
  ) {
    super(message);
    this.kind = kind;
    this.issues = more.issues ?? [];
    this.allow = more.allow ?? [];
    this.details = more.errorCode === undefined ? undefined : { error_code: more.errorCode };
  }
}

export function notFound(what: string, id: string): SandboxError {
  return new SandboxError('notFound', `${what} '${id.slice(0, 100)}' was not found`);
}

export function invalid(message: string, errorCode?: string): SandboxError {
  return new SandboxError('invalid', message, errorCode === undefined ? {} : { errorCode });
}
