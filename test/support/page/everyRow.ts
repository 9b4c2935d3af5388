import { everyKind } from '../../../src/sandbox/every/everyKind.ts';
import { awkwardTexts } from '../../../src/sandbox/scenarios/text.ts';
import type { Row } from '../../../src/transcript/row.ts';
import type { JsonObject } from '../../../src/util/json.ts';
import { TestSession } from '../../unit/transcript/transcriptSetup.ts';
import { NOW } from './rows.ts';

/** The events of a turn with every kind of event, as a server of this API writes them. */
export function everyEvent(): readonly JsonObject[] {
  const events: JsonObject[] = [];
  let at = NOW - 600_000;
  const add = (type: string, fields: JsonObject, slow = 1): string => {
    at += 900 * slow;
    const id = `sevt_${String(events.length + 1)}`;
    events.push({ type, id, processed_at: new Date(at).toISOString(), ...fields });
    return id;
  };
  const says = (text: string): JsonObject => ({ content: [{ type: 'text', text }] });
  const end = { stop_reason: { type: 'end_turn' }, stop_details: null };
  add('session.status_running', {});
  add('user.message', says('Show me every kind of event, please.'));
  const story = everyKind();
  for (let step = story.next(); step.done !== true;) {
    step = story.next(add(step.value.type, step.value.fields, step.value.slow));
  }
  add('session.status_idle', end);
  add('session.status_running', {});
  for (const text of Object.values(awkwardTexts)) {
    add('agent.message', says(text));
  }
  add('session.status_idle', end);
  return events;
}

/** The rows of that turn, as the host would send them. */
export function everyRow(): readonly Row[] {
  const session = new TestSession();
  session.arrive(...everyEvent());
  return session.rows();
}
