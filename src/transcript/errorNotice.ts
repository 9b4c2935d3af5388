import { asObject, asText, field, type JsonObject } from '../util/json.ts';
import { cut } from './blocks.ts';
import type { NoticeRow } from './row.ts';

/**
 * What went wrong, and whether it is being tried again. Anthropic nests the error and says so; Horizons says
 * `kind` and no more. `type` names the words for it, `message` is the server's own, the rest what it is about.
 */
export function errorNotice(body: JsonObject): Pick<NoticeRow, 'code' | 'tone' | 'args'> {
  const error = asObject(field(body, 'error'));
  const type =
    asText(field(error, 'type')) ?? asText(field(error, 'kind')) ?? asText(field(body, 'failure_type'));
  const message =
    asText(field(error, 'message')) ??
    asText(field(body, 'failure_reason')) ??
    asText(field(body, 'message'));
  const about =
    asText(field(error, 'mcp_server_name')) ??
    asText(field(error, 'repository_url')) ??
    asText(field(error, 'credential_id'));
  const args = {
    type: cut(type ?? '', 100),
    message: cut(message ?? type ?? '', 2_000).replace(/\.+$/, ''),
    ...(about !== undefined && { about: cut(about, 500) }),
  };
  switch (asText(field(asObject(field(error, 'retry_status')), 'type'))) {
    case 'retrying':
      return { code: 'error.retrying', tone: 'warning', args };
    case 'exhausted':
      return { code: 'error.exhausted', tone: 'error', args };
    case 'terminal':
      return { code: 'error.terminal', tone: 'error', args };
    default:
      return { code: 'error.plain', tone: 'error', args };
  }
}
