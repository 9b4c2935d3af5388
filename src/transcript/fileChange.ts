import type { SessionEvent } from '../api/resources/event.ts';
import { asObject, field } from '../util/json.ts';
import { callOf } from './toolCall.ts';

/** What a call of the agent's own file tools does to a file. */
export type FileChange =
  | { readonly kind: 'write'; readonly path: string; readonly content: string }
  | {
      readonly kind: 'edit';
      readonly path: string;
      readonly before: string;
      readonly after: string;
      readonly all: boolean;
    };

/** A part of a text, by offsets in UTF-16 units, and what comes in its place. */
interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export type Changed =
  | { readonly kind: 'changed'; readonly text: string; readonly replacements: readonly Replacement[] }
  | { readonly kind: 'same' }
  | { readonly kind: 'notFound' }
  | { readonly kind: 'notUnique'; readonly count: number };

/** The file that a call of a built-in tool names; undefined where it names none. */
export function filePathOf(event: SessionEvent): string | undefined {
  const input = asObject(callOf(event).input);
  const path = field(input, 'file_path') ?? field(input, 'path');
  return event.type === 'agent.tool_use' && typeof path === 'string' ? path : undefined;
}

/** The change that a call of `edit` or `write` makes; undefined for every other event. */
export function fileChangeOf(event: SessionEvent): FileChange | undefined {
  const path = filePathOf(event);
  const { name, input: given } = callOf(event);
  const input = asObject(given);
  const text = (fieldName: string) => {
    const value = field(input, fieldName);
    return typeof value === 'string' ? value : undefined;
  };
  if (path === undefined) {
    return undefined;
  }
  const content = text('content');
  const before = text('old_string');
  const after = text('new_string');
  if (name === 'write' && content !== undefined) {
    return { kind: 'write', path, content };
  }
  return name === 'edit' && before !== undefined && after !== undefined
    ? { kind: 'edit', path, before, after, all: field(input, 'replace_all') === true }
    : undefined;
}

/**
 * A text after a change. Line breaks follow the text. A passage that is not there, or that is there more than once
 * where only one may be meant, changes nothing.
 */
export function changedText(text: string, change: FileChange): Changed {
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  const fitted = (part: string) => part.replace(/\r\n|\n/g, lineBreak);
  if (change.kind === 'write') {
    const content = fitted(change.content);
    return content === text
      ? { kind: 'same' }
      : { kind: 'changed', text: content, replacements: [{ start: 0, end: text.length, text: content }] };
  }
  const before = fitted(change.before);
  const after = fitted(change.after);
  const starts = before === '' ? [] : placesOf(text, before);
  if (starts.length === 0) {
    return { kind: 'notFound' };
  }
  if (starts.length > 1 && !change.all) {
    return { kind: 'notUnique', count: starts.length };
  }
  if (before === after) {
    return { kind: 'same' };
  }
  const replacements = starts.map((start) => ({ start, end: start + before.length, text: after }));
  return { kind: 'changed', text: text.split(before).join(after), replacements };
}

function placesOf(text: string, part: string): readonly number[] {
  const places: number[] = [];
  for (let at = text.indexOf(part); at !== -1; at = text.indexOf(part, at + part.length)) {
    places.push(at);
  }
  return places;
}
