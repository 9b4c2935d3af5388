import type { L10n } from '../l10n.ts';
import type { HeaderStrings } from '../protocol/headerStrings.ts';

/** The texts of the top of the session page. */
export function headerStrings(l10n: L10n): HeaderStrings {
  return {
    rename: l10n.t('Rename (F2)'),
    renameLabel: l10n.t('Title of the session'),
    renameHint: l10n.t('Enter saves, Escape cancels'),
    save: l10n.t('Save'),
    tooLong: l10n.t('At most {limit} characters; these are {count}.'),
    more: l10n.t('More actions'),
    details: l10n.t('Session details'),
    menu: {
      export: l10n.t('Export…'),
      openAsText: l10n.t('Open as Text'),
      copyConversation: l10n.t('Copy Conversation'),
      copySessionId: l10n.t('Copy Session Id'),
      showDetails: l10n.t('Show Raw Session'),
      defineOutcome: l10n.t('Define Outcome…'),
      reconnect: l10n.t('Read Again from the Server'),
      archive: l10n.t('Archive…'),
    },
    failed: l10n.t('Failed'),
    lastData: l10n.t('last data {ago} ago'),
    lastDataNow: l10n.t('last data just now'),
    stage: {
      sandbox: l10n.t('scripted agent'),
      local: l10n.t('this machine'),
      development: l10n.t('development'),
      production: l10n.t('production'),
      file: l10n.t('file, read only'),
      other: '',
    },
    tokensIn: l10n.t('{count} in'),
    tokensOut: l10n.t('{count} out'),
    tokensCache: l10n.t('{count} cached'),
    tokensExact: l10n.t(
      'Tokens: {input} in, {output} out, {read} read from the cache, {written} written to it',
    ),
    worked: l10n.t('{duration} at work'),
    workedNote: l10n.t('How long the agent has worked in this session, all turns together'),
    facts: {
      status: l10n.t('Status'),
      connection: l10n.t('Connection'),
      agent: l10n.t('Agent'),
      environment: l10n.t('Environment'),
      session: l10n.t('Session'),
      inputTokens: l10n.t('Tokens in'),
      outputTokens: l10n.t('Tokens out'),
      cacheRead: l10n.t('Read from the cache'),
      cacheWritten: l10n.t('Written to the cache'),
      cost: l10n.t('Cost'),
      worked: l10n.t('Time at work'),
      created: l10n.t('Created'),
      createdAgo: l10n.t('{time} ({ago} ago)'),
    },
  };
}
