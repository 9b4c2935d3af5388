import type { JsonObject } from '../../../src/util/json.ts';

/** The session's first event happened then. */
const START = Date.UTC(2026, 0, 5, 9);
const STEP_MS = 700;

const answer = `The **retry** is scheduled twice: once by the timeout and once by \`onClose\`.

1. Clear the timer before the promise settles.
2. Count attempts in *one* place.

\`\`\`ts
clearTimeout(this.timer);
this.schedule(job, error);
\`\`\`

See [the guide](https://docs.example.com/retries) for the table of pauses.`;

const output = Array.from(
  { length: 8 },
  (_, line) => `src/billing/retry.ts:${40 + line}: const attempt = this.attempts.get(job.id) ?? 0;`,
).join('\n');

/** By this a text can be found again in what is drawn: `mark-17.` */
function markOf(index: number): string {
  return `mark-${index}.`;
}

/**
 * The event at a place of a session of that length: turns of ten, as a coding agent has them. The last one is
 * always a message of the agent.
 */
export function eventAt(index: number, count: number): JsonObject {
  const base = { id: `sevt_${index}`, processed_at: new Date(START + index * STEP_MS).toISOString() };
  const kind = index === count - 1 ? 8 : index % 10;
  switch (kind) {
    case 0:
      return { ...base, type: 'user.message', content: text(`Please look at job ${index} again.`) };
    case 1:
      return { ...base, type: 'session.status_running' };
    case 2:
      return { ...base, type: 'agent.thinking' };
    case 3:
    case 5:
      return {
        ...base,
        type: 'agent.tool_use',
        name: kind === 3 ? 'bash' : 'read',
        input:
          kind === 3
            ? { command: `grep -rn "attempt" src/billing # ${index}` }
            : { file_path: `src/billing/job${index}.ts` },
        evaluated_permission: 'allow',
      };
    case 4:
    case 6:
      return {
        ...base,
        type: 'agent.tool_result',
        tool_use_id: `sevt_${index - 1}`,
        content: text(output),
        is_error: false,
      };
    case 9:
      return { ...base, type: 'session.status_idle', stop_reason: { type: 'end_turn' } };
    default:
      return { ...base, type: 'agent.message', content: text(`${answer}\n\n${markOf(index)}`) };
  }
}

/** An event that happens while somebody looks: a short message of the agent. */
export function liveEvent(mark: number, at: number): JsonObject {
  const words = `Step **${mark}** of the run: \`attempts\` is counted in one place now, and the timer is cleared. ${markOf(mark)}`;
  return {
    id: `live_${mark}`,
    processed_at: new Date(at).toISOString(),
    type: 'agent.message',
    content: text(words),
  };
}

/** A session of the list of sessions, as servers describe one. */
export function listedSession(index: number): JsonObject {
  const created = new Date(START - index * 60_000).toISOString();
  return {
    id: `session_1000_desc_listed${index}`,
    type: 'session',
    title: `Look at job ${index} again`,
    status: index % 50 === 0 ? 'running' : 'idle',
    agent: { id: `agent_${index % 20}`, name: `Agent ${index % 20}`, version: 1 },
    environment_id: `env_${index % 5}`,
    created_at: created,
    updated_at: created,
    archived_at: null,
    metadata: { team: `team-${index % 7}` },
    usage: { input_tokens: 1_000 + index, output_tokens: 200 + index },
  };
}

function text(value: string) {
  return [{ type: 'text', text: value }];
}
