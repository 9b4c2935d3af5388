import type { L10n } from '../l10n.ts';
import type { LogStrings } from '../protocol/logStrings.ts';

/** The texts of the page's views and of the event log, in the user's language. */
export function logStrings(l10n: L10n): LogStrings {
  return {
    views: l10n.t('Views of the session'),
    missing: l10n.t('This view could not be loaded: the editor did not deliver its files to the page.'),
    again: l10n.t('Try Again'),
    conversation: l10n.t('Conversation'),
    events: l10n.t('Events'),
    label: l10n.t('Event log'),
    filters: l10n.t('Kinds of events'),
    all: l10n.t('All'),
    kinds: {
      messages: l10n.t('Messages'),
      tools: l10n.t('Tools'),
      thinking: l10n.t('Thinking'),
      spans: l10n.t('Spans'),
      status: l10n.t('Status'),
      threads: l10n.t('Threads'),
      outcomes: l10n.t('Outcomes'),
      errors: l10n.t('Errors'),
      other: l10n.t('Other'),
    },
    search: l10n.t('Filter by type or id'),
    empty: l10n.t('No events yet'),
    noMatch: l10n.t('No event passes the filter'),
    showAll: l10n.t('Show all events'),
    shown: l10n.t('{shown} of {total} events'),
    columns: {
      time: l10n.t('Time'),
      gap: l10n.t('Gap'),
      type: l10n.t('Type'),
      summary: l10n.t('Summary'),
      size: l10n.t('Size'),
      id: l10n.t('Id'),
    },
    noTime: l10n.t('no time'),
    queued: l10n.t('queued'),
    failed: l10n.t('failed'),
    detail: l10n.t('Event {type}'),
    json: l10n.t('The event as JSON'),
    close: l10n.t('Close'),
    copyJson: l10n.t('Copy JSON'),
    copyId: l10n.t('Copy id'),
    showInConversation: l10n.t('Show in conversation'),
    gone: l10n.t('This event is no longer held: the oldest events of a long session are let go.'),
    filtered: l10n.t('The filter hides this event.'),
    failedToShow: l10n.t('This event cannot be shown in the conversation.'),
  };
}
