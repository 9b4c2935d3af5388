/** Texts of the conversation's rows. Placeholders are `{name}`; see {@link PageStrings}. */
export interface ReadingStrings {
  readonly emptyMessage: string;
  readonly more: string; // "{count} more parts"
  readonly showWhole: string;
  readonly showMore: string;
  readonly moreLines: string; // "{count} more lines"
  readonly lines: string; // "{count} lines"
  readonly characters: string; // "{count} characters"
  readonly command: string;
  readonly fileContent: string;
  readonly diffLabel: string; // "Changes of {path}"
  readonly openInWorkspace: string;
  readonly applyChange: string;
  readonly openImage: string;
  readonly openDocument: string;
  readonly saveDocument: string;
  readonly inThread: string;
  readonly threadOf: string; // "Thread of {agent}"
  readonly thread: string;
  readonly threadState: {
    readonly running: string;
    readonly idle: string;
    readonly rescheduled: string;
    readonly terminated: string;
  };
  readonly youAnswered: string;
  readonly environmentAnswered: string;
  readonly youAllowed: string;
  readonly youDenied: string;
  readonly youDeniedBecause: string; // "You denied this: {reason}"
  readonly rulesDenied: string;
  readonly judgeAllowed: string;
  readonly judgeDenied: string;
  readonly judgeDeniedBecause: string; // "Denied by the automatic check: {reason}"
  readonly error: ErrorStrings;
}

/** What went wrong, in words; what becomes of it; what to do. */
export interface ErrorStrings {
  readonly what: Readonly<Record<ErrorType, string>>;
  readonly other: string;
  /** The server's own words. */
  readonly said: string; // "The server says: {message}"
  readonly retrying: string;
  readonly retryingWithout: string;
  readonly exhausted: string;
  readonly terminal: string;
  readonly next: Readonly<Record<NextStep, string>>;
}

/** The errors of a session and of a workflow run that the API names. */
export const errorTypes = [
  'unknown_error',
  'model_overloaded_error',
  'model_rate_limited_error',
  'model_request_failed_error',
  'billing_error',
  'tool_use_limit_reached_error',
  'compaction_limit_reached_error',
  'mcp_connection_failed_error',
  'mcp_authentication_failed_error',
  'credential_host_unreachable_error',
  'repository_authentication_error',
  'repository_forbidden_error',
  'repository_not_found_error',
  'repository_checkout_error',
  'repository_clone_error',
  'timeout_error',
  'program_error',
  'thread_limit_error',
  'max_workflow_runs_error',
] as const;
export type ErrorType = (typeof errorTypes)[number];

/** What a person can do about an error that is not tried again. */
export type NextStep = 'again' | 'wait' | 'billing' | 'newSession' | 'server' | 'credentials';
