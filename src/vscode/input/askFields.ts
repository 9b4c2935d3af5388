import type { L10n } from '../../l10n.ts';
import { visible } from '../../text/visible.ts';
import type { JsonObject } from '../../util/json.ts';
import type { Answer, Frame } from './answer.ts';
import { askChoice, type Choice } from './askChoice.ts';

/** One part of an object that can be changed on its own. */
export interface EditField {
  /** The field of the request; a complaint about it is shown beside it. */
  readonly name: string;
  readonly label: string;
  readonly icon: string;
  /** What it is now, in a few words. */
  readonly describe: (object: JsonObject) => string;
  /** What is to be known before it is changed. */
  readonly note?: string | undefined;
  /** Asks for another value, and answers with the whole object. */
  readonly ask: (frame: Frame, object: JsonObject) => Promise<Answer<JsonObject>>;
}

export interface FieldsQuestion {
  readonly placeholder: string;
  readonly fields: readonly EditField[];
  readonly object: JsonObject;
  /** The row that ends the question, and whether it stands there already. */
  readonly done: {
    readonly label: string;
    readonly detail?: string;
    readonly offered: (o: JsonObject) => boolean;
  };
  /** Told after each change, so that nothing is lost. */
  readonly remember?: (object: JsonObject) => void;
  /** What else may be chosen; it ends the question with what it makes of the object. */
  readonly others?: readonly Choice<(object: JsonObject) => Promise<JsonObject> | JsonObject>[];
  readonly l10n: L10n;
}

type Chosen = EditField | 'done' | ((object: JsonObject) => Promise<JsonObject> | JsonObject);

/** Lets one field after the other be changed, until the row that ends it is chosen. */
export async function askFields(frame: Frame, question: FieldsQuestion): Promise<Answer<JsonObject>> {
  const { fields, done, others = [], remember } = question;
  let { object } = question;
  let { problem } = frame;
  let last: EditField | undefined;
  for (;;) {
    const rows: Choice<Chosen>[] = fields.map((entry) => ({
      label: entry.label,
      description: visible(entry.describe(object), 80),
      detail: entry.note,
      icon: entry.icon,
      value: entry,
    }));
    const end: Choice<Chosen>[] = done.offered(object)
      ? [{ label: done.label, detail: done.detail, icon: 'check', value: 'done' }]
      : [];
    const answer = await askChoice<Chosen>(
      { ...frame, problem },
      {
        placeholder: question.placeholder,
        choices: [...end, ...rows, ...others],
        selected: (value) => (last === undefined ? value === 'done' : value === last),
      },
    );
    if (answer.kind !== 'value') {
      return answer;
    }
    problem = undefined;
    const { value } = answer;
    if (value === 'done') {
      return { kind: 'value', value: object };
    }
    if (typeof value === 'function') {
      object = await value(object);
      last = undefined;
    } else {
      last = value;
      const title = `${frame.title}: ${value.label}`;
      const changed = await value.ask({ title, canGoBack: true }, object);
      if (changed.kind === 'cancelled') {
        return changed;
      }
      if (changed.kind === 'value') {
        object = changed.value;
        last = undefined;
      }
    }
    remember?.(object);
  }
}
