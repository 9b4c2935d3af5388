import type { Session } from '../api/resources/session.ts';

/**
 * Whether a session is what a person types: every word occurs in its title, its id, or its agent's name or id,
 * whatever the case.
 * @param agentName the agent's name where the session itself does not tell.
 */
export function matchesTyped(session: Session, typed: string, agentName?: string): boolean {
  const words = typed
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const { id, title, agent } = session;
  const text = [title, id, agent.name ?? agentName, agent.id].join('\n').toLowerCase();
  return words.every((word) => text.includes(word));
}

/** An id that was typed, or undefined where the text cannot be one: servers write a kind, `_` and characters. */
export function typedId(typed: string): string | undefined {
  const text = typed.trim();
  return /^[A-Za-z]{2,12}_[\w-]{3,120}$/.test(text) ? text : undefined;
}
