import { isJsonObject } from '../../src/util/json.ts';
import type { RowUi } from './uiState.ts';

/** What was being written about a call, kept with the page's state over a reload. Nothing that counts as a sight. */
export interface KeptForm {
  readonly key: string;
  readonly text: string;
  readonly json: boolean;
  readonly isError: boolean;
  readonly denying: boolean;
}

const MAX_FORMS = 20;
/** The editor writes a page's state to disk with the window; all forms together stay below this, in UTF-16 units. */
const MAX_TEXT = 200_000;
const MAX_KEY = 256;

/** The forms worth keeping, the latest first. What is too long for the rest of the room is left out whole. */
export function keepForms(rows: Iterable<readonly [key: string, ui: RowUi]>): readonly KeptForm[] {
  const forms: KeptForm[] = [];
  let room = MAX_TEXT;
  for (const [key, ui] of [...rows].reverse()) {
    const text = ui.formText ?? '';
    if (text !== '' && text.length <= room && key.length <= MAX_KEY && forms.length < MAX_FORMS) {
      room -= text.length;
      forms.push({
        key,
        text,
        json: ui.formJson === true,
        isError: ui.formIsError === true,
        denying: ui.denying === true,
      });
    }
  }
  return forms;
}

/** Reads kept forms back; whatever is not one is left out, since state can be tampered with. */
export function readForms(value: unknown): readonly KeptForm[] {
  return Array.isArray(value)
    ? value.slice(0, MAX_FORMS).flatMap((item: unknown) => readForm(item) ?? [])
    : [];
}

function readForm(value: unknown): KeptForm | undefined {
  if (!isJsonObject(value)) {
    return undefined;
  }
  const { key, text, json, isError, denying } = value;
  if (typeof key !== 'string' || key.length > MAX_KEY || typeof text !== 'string' || text.length > MAX_TEXT) {
    return undefined;
  }
  return { key, text, json: json === true, isError: isError === true, denying: denying === true };
}
