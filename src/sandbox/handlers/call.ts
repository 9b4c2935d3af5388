import type { OperationId } from '../../api/operations.ts';
import type { JsonObject } from '../../util/json.ts';
import type { Dialect, ServedBeyondId } from '../dialects/dialect.ts';
import { SandboxError } from '../errors.ts';
import type { PreviewType, SessionRecord } from '../records.ts';
import type { ScriptedAgent } from '../scriptedAgent.ts';
import type { Store } from '../store.ts';

/** One request that found its operation and showed its key. */
export interface Call {
  readonly store: Store;
  readonly scriptedAgent: ScriptedAgent;
  readonly dialect: Dialect;
  readonly ids: ReadonlyMap<string, string>;
  readonly query: URLSearchParams;
  readonly body: JsonObject;
}

export type Answer =
  | { readonly kind: 'json'; readonly status: number; readonly body: JsonObject }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array; readonly type: string }
  | { readonly kind: 'stream'; readonly session: SessionRecord; readonly previews: ReadonlySet<PreviewType> };

type Handler = (call: Call) => Answer;
export type Handlers<Ids extends OperationId | ServedBeyondId> = Readonly<Record<Ids, Handler>>;

export function json(body: JsonObject, status = 200): Answer {
  return { kind: 'json', status, body };
}

/** An id of the path, by its name in the operations table. */
export function pathId(call: Call, name: string): string {
  const id = call.ids.get(name);
  if (id === undefined) {
    throw new SandboxError('internal', `The route has no ${name}`);
  }
  return id;
}
