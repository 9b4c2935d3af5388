import type { StoredEvent } from '../stream/eventStore.ts';
import { asObject, field, type JsonObject } from '../util/json.ts';
import { plainText } from './blocks.ts';
import { prettyJson } from './prettyJson.ts';

/** A body of a row, whole: what the page could show only the beginning of. */
export interface Body {
  readonly text: string;
  /** The editor's language id. */
  readonly language: 'markdown' | 'json' | 'plaintext' | 'shellscript';
}

/** The text of a message, as it was sent. */
export function messageBody(stored: StoredEvent): Body {
  return { text: plainText(field(stored.event.body, 'content')), language: 'markdown' };
}

/** The input of a tool call: a command as it is where it is all of the input, anything else as JSON. */
export function inputBody(stored: StoredEvent): Body {
  const input = field(stored.event.body, 'input');
  const fields = asObject(input);
  const command = field(fields, 'command');
  const isAll = fields !== undefined && Object.keys(fields).length === 1;
  return stored.event.type === 'agent.tool_use' && typeof command === 'string' && isAll
    ? { text: command, language: 'shellscript' }
    : { text: prettyJson(input ?? {}), language: 'json' };
}

/** The result of a tool call: its text, or its JSON where it is something else. */
export function resultBody(result: { readonly body: JsonObject }): Body {
  const text = plainText(field(result.body, 'content'));
  return text === ''
    ? { text: prettyJson(field(result.body, 'content') ?? null), language: 'json' }
    : { text, language: 'plaintext' };
}

/** The event exactly as it arrived. */
export function rawBody(stored: StoredEvent): Body {
  return { text: prettyJson(stored.event.raw), language: 'json' };
}

/** Both sides of an edit, or undefined where the call is none. */
export function editBodies(
  stored: StoredEvent,
): { readonly path: string; readonly before: string; readonly after: string } | undefined {
  const input = asObject(field(stored.event.body, 'input'));
  const path = field(input, 'file_path') ?? field(input, 'path');
  const before = field(input, 'old_string');
  const after = field(input, 'new_string');
  return typeof path === 'string' && typeof before === 'string' && typeof after === 'string'
    ? { path, before, after }
    : undefined;
}
