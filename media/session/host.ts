import { isHostMessage } from '../../src/protocol/hostMessageFields.ts';
import type { HostMessage, PageMessage } from '../../src/protocol/messages.ts';
import { isJsonObject } from '../../src/util/json.ts';
import { type KeptPlace, type KeptRows, readPlace, readRows } from './keptPlace.ts';
import { type KeptForm, readForms } from './keptForms.ts';
import { type KeptViews, readViews } from './sessionViews.ts';

/** What the page keeps over a reload: ids, the place and the draft, never the transcript. */
export interface PageState {
  readonly connectionId: string;
  /** Of the server. Empty where it is not known: in what older versions kept. */
  readonly origin: string;
  readonly sessionId: string;
  readonly draft: string;
  /** Shown on the tab until the server has said, and where the connection is gone. */
  readonly title: string;
  readonly place: KeptPlace | undefined;
  readonly rows: KeptRows;
  readonly forms: readonly KeptForm[];
  readonly views: KeptViews | undefined;
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

function asPageState(value: unknown): PageState | undefined {
  if (!isJsonObject(value)) {
    return undefined;
  }
  const { connectionId, origin, sessionId, title, draft, place, rows, forms } = value;
  if (typeof connectionId !== 'string' || typeof sessionId !== 'string') {
    return undefined;
  }
  if (typeof draft !== 'string') {
    return undefined;
  }
  return {
    connectionId,
    origin: typeof origin === 'string' ? origin : '',
    sessionId,
    draft,
    title: typeof title === 'string' ? title : '',
    place: isJsonObject(place) ? readPlace(place) : undefined,
    rows: readRows(rows),
    forms: readForms(forms),
    views: readViews(value['views']),
  };
}
