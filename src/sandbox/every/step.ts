import type { JsonObject } from '../../util/json.ts';

/** One event to be told; what the teller stored it as comes back as its id. */
interface Step {
  readonly type: string;
  readonly fields: JsonObject;
  /** How long it took before it, compared with an ordinary step. */
  readonly slow?: number;
}

/** A story that is told event by event, by a history or by a live turn. It learns the id of each event. */
export type Story<Result = void> = Generator<Step, Result, string>;

/** One event of a story; answers its id. */
export function* tell(type: string, fields: JsonObject = {}, slow?: number): Story<string> {
  return yield slow === undefined ? { type, fields } : { type, fields, slow };
}

export function text(value: string): JsonObject {
  return { type: 'text', text: value };
}
