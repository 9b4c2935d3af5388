import type { IncomingMessage } from 'node:http';
import { asObject, type JsonObject } from '../util/json.ts';
import { SandboxError } from './errors.ts';

/** The real service's limit for a JSON body: 32 MB. */
export const maxBodyBytes = 32 * 1024 * 1024;

/**
 * Reads a request's JSON object; an empty body counts as an empty object, as archiving sends none.
 * @throws SandboxError of kind `tooLarge` or `validation`.
 */
export async function readJsonBody(request: IncomingMessage, limit = maxBodyBytes): Promise<JsonObject> {
  if (Number(request.headers['content-length'] ?? 0) > limit) {
    throw tooLarge(limit);
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    size += bytes.length;
    if (size > limit) {
      throw tooLarge(limit);
    }
    chunks.push(bytes);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  return text.trim() === '' ? {} : parse(text);
}

function parse(text: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw notAnObject('the body is not JSON', 'value_error.jsondecode');
  }
  const object = asObject(value);
  if (object === undefined) {
    throw notAnObject('value is not a valid dict', 'type_error.dict');
  }
  return object;
}

function notAnObject(msg: string, type: string): SandboxError {
  return new SandboxError('validation', msg, { issues: [{ loc: ['body'], msg, type }] });
}

function tooLarge(limit: number): SandboxError {
  return new SandboxError('tooLarge', `The request body has more than ${String(limit)} bytes`);
}
