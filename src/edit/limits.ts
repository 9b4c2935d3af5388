import type { L10n } from '../l10n.ts';

/** What servers of this API take at most, in characters or entries. Source: the API reference of agents and sessions. */
export const limits = {
  name: 256,
  model: 256,
  description: 2_048,
  system: 100_000,
  title: 512,
  metadataPairs: 16,
  metadataKey: 64,
  metadataValue: 512,
  mcpServers: 20,
  tools: 128,
} as const;

/** What is wrong with a name, if anything. */
export function nameProblem(name: string, l10n: L10n): string | undefined {
  if (name === '') {
    return l10n.t('A name is needed.');
  }
  return name.length > limits.name
    ? l10n.t('A name has at most {limit} characters; this one has {count}.', {
        limit: limits.name,
        count: name.length,
      })
    : undefined;
}

/** Why a text is too long, if it is. */
export function lengthProblem(text: string, limit: number, l10n: L10n): string | undefined {
  return text.length > limit
    ? l10n.t('At most {limit} characters are taken; this has {count}.', { limit, count: text.length })
    : undefined;
}
