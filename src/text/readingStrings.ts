import type { L10n } from '../l10n.ts';
import type { ErrorStrings, ReadingStrings } from '../protocol/readingStrings.ts';

/** The texts of the conversation's rows in the user's language. */
export function readingStrings(l10n: L10n): ReadingStrings {
  return {
    emptyMessage: l10n.t('A message without content'),
    more: l10n.t('{count} more parts'),
    showWhole: l10n.t('Show all'),
    showMore: l10n.t('Show more'),
    moreLines: l10n.t('{count} more lines'),
    lines: l10n.t('{count} lines'),
    characters: l10n.t('{count} characters'),
    command: l10n.t('Command'),
    fileContent: l10n.t('Content of {path}'),
    diffLabel: l10n.t('Changes of {path}'),
    openInWorkspace: l10n.t('Open in Workspace'),
    applyChange: l10n.t('Apply to Workspace…'),
    openImage: l10n.t('Open image'),
    openDocument: l10n.t('Open document'),
    saveDocument: l10n.t('Save document…'),
    inThread: l10n.t('Runs in its thread'),
    threadOf: l10n.t('Thread of {agent}'),
    thread: l10n.t('Another thread'),
    threadState: {
      running: l10n.t('Running'),
      idle: l10n.t('Idle'),
      rescheduled: l10n.t('Rescheduling'),
      terminated: l10n.t('Ended'),
    },
    youAnswered: l10n.t('You answered'),
    environmentAnswered: l10n.t('Your environment answered'),
    youAllowed: l10n.t('You allowed this'),
    youDenied: l10n.t('You denied this'),
    youDeniedBecause: l10n.t('You denied this: {reason}'),
    rulesDenied: l10n.t("Denied by the agent's rules"),
    judgeAllowed: l10n.t('Allowed by the automatic check'),
    judgeDenied: l10n.t('Denied by the automatic check'),
    judgeDeniedBecause: l10n.t('Denied by the automatic check: {reason}'),
    error: errorStrings(l10n),
  };
}

function errorStrings(l10n: L10n): ErrorStrings {
  return {
    what: {
      unknown_error: l10n.t('Something went wrong in the service'),
      model_overloaded_error: l10n.t('The model is overloaded'),
      model_rate_limited_error: l10n.t('Too many requests went to the model'),
      model_request_failed_error: l10n.t('The request to the model failed'),
      billing_error: l10n.t('There is a problem with the billing of this account'),
      tool_use_limit_reached_error: l10n.t('The agent has reached its limit of tool calls'),
      compaction_limit_reached_error: l10n.t('The conversation cannot be compacted any further'),
      mcp_connection_failed_error: l10n.t('The MCP server[ {about}] could not be reached'),
      mcp_authentication_failed_error: l10n.t('The MCP server[ {about}] refused the credentials'),
      credential_host_unreachable_error: l10n.t('The host of a credential could not be reached'),
      repository_authentication_error: l10n.t('The repository[ {about}] refused the credentials'),
      repository_forbidden_error: l10n.t('Access to the repository[ {about}] is forbidden'),
      repository_not_found_error: l10n.t('The repository[ {about}] was not found'),
      repository_checkout_error: l10n.t(
        'The branch or commit of the repository[ {about}] could not be checked out',
      ),
      repository_clone_error: l10n.t('The repository[ {about}] could not be cloned'),
      timeout_error: l10n.t('A workflow run took too long'),
      program_error: l10n.t('The program of a workflow failed'),
      thread_limit_error: l10n.t('A workflow run wanted more threads than are allowed'),
      max_workflow_runs_error: l10n.t('There are too many workflow runs already'),
    },
    other: l10n.t('The service reported an error'),
    said: l10n.t('The server says: {message}'),
    retrying: l10n.t('The service tries again by itself.'),
    retryingWithout: l10n.t('The session goes on without it.'),
    exhausted: l10n.t('The service gave up after several tries.'),
    terminal: l10n.t('The session cannot go on.'),
    next: {
      again: l10n.t('Send a message to try again.'),
      wait: l10n.t('Wait a little, then send a message to try again.'),
      billing: l10n.t('Check the credit and the plan of the account.'),
      newSession: l10n.t('Create a new session to go on.'),
      server: l10n.t("Check that the server runs and that the environment's network allows it."),
      credentials: l10n.t("Check the credentials in the session's vault."),
    },
  };
}
