import type { StoredEvent } from '../stream/eventStore.ts';
import { asObject, asText, field, type JsonObject } from '../util/json.ts';
import { pieceAt, plainText } from './blocks.ts';
import { prettyJson } from './prettyJson.ts';
import { callOf, resultFields } from './toolCall.ts';

/** A body of a row, whole: what the page could show only the beginning of. */
export interface Body {
  readonly text: string;
  /** The editor's language id. */
  readonly language: 'markdown' | 'json' | 'plaintext' | 'shellscript';
}

/** The text of a message, as it was sent; of an outcome, what it is measured by. */
export function messageBody(stored: StoredEvent): Body {
  const { body } = stored.event;
  const rubric = asText(field(asObject(field(body, 'rubric')), 'content'));
  const said = rubric ?? asText(field(body, 'explanation')) ?? asText(field(body, 'description'));
  const content = field(body, 'content');
  return { text: content === undefined ? (said ?? '') : plainText(content), language: 'markdown' };
}

/** The input of a tool call: a command as it is where it is all of the input, anything else as JSON. */
export function inputBody(stored: StoredEvent): Body {
  const { input } = callOf(stored.event);
  const fields = asObject(input);
  const command = field(fields, 'command');
  const isAll = fields !== undefined && Object.keys(fields).length === 1;
  return stored.event.type === 'agent.tool_use' && typeof command === 'string' && isAll
    ? { text: command, language: 'shellscript' }
    : { text: prettyJson(input ?? {}), language: 'json' };
}

/** The result of a tool call: its text, or its JSON where it is something else. */
export function resultBody(result: { readonly body: JsonObject }): Body {
  const { content } = resultFields(result.body);
  const text = plainText(content);
  return text === ''
    ? { text: prettyJson(content ?? null), language: 'json' }
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
  const input = asObject(callOf(stored.event).input);
  const path = field(input, 'file_path') ?? field(input, 'path');
  const before = field(input, 'old_string');
  const after = field(input, 'new_string');
  return typeof path === 'string' && typeof before === 'string' && typeof after === 'string'
    ? { path, before, after }
    : undefined;
}

/** One piece of a message or a result, for a viewer of its own: what it is, and its data. */
export interface Attachment {
  readonly kind: 'text' | 'bytes';
  /** Text as it is, or base64. */
  readonly data: string;
  readonly mediaType: string | undefined;
  readonly title: string | undefined;
}

/** The image or document at a place among the blocks, or undefined where nothing of it is in the event. */
export function attachmentAt(body: JsonObject, index: number): Attachment | undefined {
  const block = pieceAt(resultFields(body).content, index);
  const source = asObject(field(block, 'source'));
  const data = asText(field(source, 'data'));
  const type = field(block, 'type');
  if (data === undefined || (type !== 'image' && type !== 'document')) {
    return undefined;
  }
  return {
    kind: field(source, 'type') === 'text' ? 'text' : 'bytes',
    data,
    mediaType: asText(field(source, 'media_type')),
    title: asText(field(block, 'title')),
  };
}
