import type { JsonObject } from '../util/json.ts';
import type { Connection } from './connection.ts';
import { keyVariableOf } from './environmentKey.ts';
import type { HttpMethod } from './operations.ts';

export interface CurlRequest {
  readonly method: HttpMethod;
  /** Path below the connection's prefix, ids already checked. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly body?: JsonObject | undefined;
  /** What answers: a stream is shown as it comes. */
  readonly answer: 'document' | 'list' | 'stream';
}

/**
 * A request as a command for a POSIX shell. The key is never in it: the shell puts it in from a variable of the
 * environment, `SYNTH_API_KEY` or `ANTHROPIC_API_KEY` for the servers that these belong to, else `API_KEY`, so that
 * no key of one server goes to another by a paste. Everything else stands in single quotes, in which a shell
 * reads nothing (POSIX 2.2.2).
 */
export function curlOf(connection: Connection, request: CurlRequest): string {
  const url = new URL(`${connection.prefix}${request.path}`, connection.origin);
  for (const [name, value] of Object.entries(request.query ?? {})) {
    url.searchParams.append(name, String(value));
  }
  const variable = keyVariableOf(connection) ?? 'API_KEY';
  const key = connection.auth === 'bearer' ? `Authorization: Bearer $${variable}` : `x-api-key: $${variable}`;
  const parts = [
    [
      'curl -sS',
      ...(request.answer === 'stream' ? ['-N'] : []),
      ...(request.method === 'GET' ? [] : [`-X ${request.method}`]),
      shellQuote(url.href),
    ].join(' '),
    // The only double quotes: in them a shell puts a variable's value in, and reads nothing of that value.
    `-H "${key}"`,
    `-H ${shellQuote(`anthropic-version: ${connection.version}`)}`,
    ...(connection.betas.length > 0
      ? [`-H ${shellQuote(`anthropic-beta: ${connection.betas.join(',')}`)}`]
      : []),
    ...(request.answer === 'stream' ? [`-H ${shellQuote('Accept: text/event-stream')}`] : []),
    ...(request.body === undefined
      ? []
      : [
          `-H ${shellQuote('Content-Type: application/json')}`,
          `-d ${shellQuote(JSON.stringify(request.body))}`,
        ]),
  ];
  return parts.join(' \\\n  ');
}

/** One word for a POSIX shell, whatever is in it. */
export function shellQuote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
