import type { L10n } from '../l10n.ts';
import type { PageStrings } from '../protocol/strings.ts';

/**
 * What the quiet lines of a conversation say. A part in square brackets is left out where something in it is
 * not known; the page fills the placeholders.
 */
export function noticeStrings(l10n: L10n): PageStrings['notice'] {
  return {
    'turn.ended': l10n.t('Turn took {duration}[ · {input} in][ · {output} out]'),
    'turn.interrupted': l10n.t('Turn interrupted[ after {duration}][ · {input} in][ · {output} out]'),
    'idle.endTurn': l10n.t('The agent finished its turn'),
    'idle.requiresAction': l10n.t('The agent waits for you'),
    'idle.retriesExhausted': l10n.t('The agent gave up after several tries. Send a message to try again.'),
    'idle.budgetReached': l10n.t(
      'The budget of the session is used up. It takes no messages until the budget is raised or removed.',
    ),
    'idle.refusal': l10n.t('The model declined to answer[ ({category})].[ {explanation}]'),
    'idle.other': l10n.t('The agent stopped: {reason}'),
    rescheduled: l10n.t('The session is rescheduled: the service starts it again by itself'),
    terminated: l10n.t('The session was terminated'),
    deleted: l10n.t('The session was deleted'),
    updated: l10n.t('The session was changed'),
    'updated.title': l10n.t('The title was changed to “{title}”'),
    'updated.titleRemoved': l10n.t('The title was removed'),
    'updated.agent': l10n.t('The agent was changed[ to {agent}]'),
    'updated.budget': l10n.t('The budget was set[ to {budget}]'),
    'updated.budgetRemoved': l10n.t('The budget was removed'),
    'updated.metadata': l10n.t('The metadata was changed[: {names}]'),
    interrupt: l10n.t('You interrupted the agent'),
    'confirmation.allow': l10n.t('You allowed a tool call that is not shown here'),
    'confirmation.deny': l10n.t('You denied a tool call that is not shown here[: {reason}]'),
    customResult: l10n.t('You answered a tool call that is not shown here'),
    toolResult: l10n.t('Result of a tool call that is not shown here'),
    systemMessage: l10n.t('Instructions were added[: {text}]'),
    'outcome.defined': l10n.t('Outcome defined[: {description}][ (at most {iterations} tries)]'),
    'outcome.started': l10n.t('The evaluation of the outcome began[, try {iteration}]'),
    'outcome.evaluated': l10n.t('Outcome[, try {iteration}]: {result}[. {explanation}]'),
    'outcome.satisfied': l10n.t('The outcome is reached[, try {iteration}][. {explanation}]'),
    'outcome.needsRevision': l10n.t('The outcome needs more work[, try {iteration}][. {explanation}]'),
    'outcome.maxIterations': l10n.t(
      'The outcome was not reached in the tries allowed[ ({iteration})][. {explanation}]',
    ),
    'outcome.failed': l10n.t('The outcome could not be reached[, try {iteration}][. {explanation}]'),
    'outcome.interrupted': l10n.t(
      'The evaluation of the outcome was interrupted[, try {iteration}][. {explanation}]',
    ),
    compacted: l10n.t('Earlier context was compacted'),
    'thread.created': l10n.t('A thread was started[: {agent}]'),
    'thread.advisor': l10n.t('The agent asks its advisor'),
    'thread.message.sent': l10n.t('To {agent}[: {text}]'),
    'thread.message.received': l10n.t('From {agent}[: {text}]'),
    workflow: l10n.t('Workflow[ {name}]: {what}'),
    'workflow.created': l10n.t('Workflow[ {name}] was started'),
    'workflow.running': l10n.t('Workflow[ {name}] runs'),
    'workflow.idle': l10n.t('Workflow[ {name}] waits'),
    'workflow.completed': l10n.t('Workflow[ {name}] is complete'),
    'workflow.stopped': l10n.t('Workflow[ {name}] was stopped'),
    'workflow.failed': l10n.t('Workflow[ {name}] failed[: {message}]'),
    'workflow.ended': l10n.t('Workflow[ {name}] ended[: {result}]'),
    'workflow.phaseStarted': l10n.t('Workflow[ {name}]: phase[ {phase}] began'),
    'workflow.phaseEnded': l10n.t('Workflow[ {name}]: phase[ {phase}] is done'),
    'error.retrying': l10n.t('{message}. The service tries again by itself.'),
    'error.exhausted': l10n.t('{message}. The service gave up.'),
    'error.terminal': l10n.t('{message}. The session cannot go on.'),
    'error.plain': l10n.t('{message}'),
  };
}
