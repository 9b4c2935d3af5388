import { asArray, asText, field, type JsonObject } from '../util/json.ts';
import { cut } from './blocks.ts';
import type { ToolInput } from './row.ts';

const MAX_SHOWN = 16_384;

/**
 * Shows the input of a built-in tool for what it is. An input that does not have the documented fields, and
 * that of any other tool, is shown as JSON. Nothing is lost by it: the whole JSON goes with every row.
 */
export function toolInput(name: string, input: JsonObject): ToolInput {
  const text = (fieldName: string) => {
    const value = field(input, fieldName);
    return typeof value === 'string' ? value : undefined;
  };
  const path = text('file_path') ?? text('path');
  switch (name) {
    case 'bash': {
      const command = text('command');
      return command === undefined ? { view: 'json' } : { view: 'shell', command: cut(command, MAX_SHOWN) };
    }
    case 'read':
      return path === undefined
        ? { view: 'json' }
        : { view: 'path', path: cut(path, 1_000), detail: lineRange(input) };
    case 'write': {
      const content = text('content');
      return path === undefined || content === undefined
        ? { view: 'json' }
        : { view: 'write', path: cut(path, 1_000), content: cut(content, MAX_SHOWN), total: content.length };
    }
    case 'edit': {
      const before = text('old_string');
      const after = text('new_string');
      return path === undefined || before === undefined || after === undefined
        ? { view: 'json' }
        : {
            view: 'edit',
            path: cut(path, 1_000),
            before: cut(before, MAX_SHOWN),
            after: cut(after, MAX_SHOWN),
            ...(Math.max(before.length, after.length) > MAX_SHOWN && { isCut: true }),
          };
    }
    case 'glob':
    case 'grep': {
      const pattern = text('pattern');
      return pattern === undefined
        ? { view: 'json' }
        : {
            view: 'search',
            pattern: cut(pattern, 1_000),
            path: path === undefined ? null : cut(path, 1_000),
          };
    }
    case 'web_fetch':
    case 'web_search': {
      const url = text('url');
      const query = url ?? text('query');
      return query === undefined
        ? { view: 'json' }
        : { view: 'web', text: cut(query, 2_000), url: url === undefined ? null : cut(url, 2_000) };
    }
    default:
      return { view: 'json' };
  }
}

function lineRange(input: JsonObject): string | null {
  const [start, end] = asArray(field(input, 'view_range'));
  return typeof start === 'number' && typeof end === 'number'
    ? `${start}–${end}`
    : (asText(field(input, 'view_range')) ?? null);
}
