import type { HostMessage, PageMessage } from '../../src/protocol/messages.ts';
import { isJsonObject } from '../../src/util/json.ts';

/** What the page keeps over a reload: ids, the place and the draft, never the transcript. */
interface PageState {
  readonly connectionId: string;
  readonly sessionId: string;
  readonly draft: string;
  readonly anchorKey: string | null;
  readonly atEnd: boolean;
}

export interface Host {
  readonly post: (message: PageMessage) => void;
  readonly load: () => PageState | undefined;
  readonly save: (state: PageState) => void;
  readonly listen: (listener: (message: HostMessage) => void) => void;
}

/** The editor's side of the page. The editor hands its interface out once only, and nothing else may have it. */
export function connectHost(): Host {
  const api = acquireVsCodeApi();
  return {
    post: (message) => api.postMessage(message),
    load: () => asPageState(api.getState()),
    save: (state) => api.setState(state),
    listen: (listener) => {
      window.addEventListener('message', (event: MessageEvent<unknown>) => {
        if (isHostMessage(event.data)) {
          listener(event.data);
        }
      });
    },
  };
}

const types = new Set<unknown>(['open', 'patches', 'rows', 'outcome', 'reveal', 'focusComposer']);

function isHostMessage(value: unknown): value is HostMessage {
  return isJsonObject(value) && types.has(value['type']);
}

function asPageState(value: unknown): PageState | undefined {
  if (!isJsonObject(value)) {
    return undefined;
  }
  const { connectionId, sessionId, draft, anchorKey, atEnd } = value;
  if (typeof connectionId !== 'string' || typeof sessionId !== 'string') {
    return undefined;
  }
  if (typeof draft !== 'string' || typeof atEnd !== 'boolean') {
    return undefined;
  }
  return {
    connectionId,
    sessionId,
    draft,
    anchorKey: typeof anchorKey === 'string' ? anchorKey : null,
    atEnd,
  };
}
