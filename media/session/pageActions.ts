import { MAX_LINK, type Outcome, type PageMessage } from '../../src/protocol/messages.ts';
import type { PageStrings } from '../../src/protocol/strings.ts';
import { pasteable } from '../../src/util/pasteable.ts';
import type { UiState } from './uiState.ts';
import type { ApprovalActions, PageActions } from './view/context.ts';

export interface ActionPorts {
  readonly post: (message: PageMessage) => void;
  readonly ask: (build: (id: number) => PageMessage) => Promise<Outcome>;
  readonly ui: UiState;
  readonly strings: () => PageStrings | undefined;
  readonly approvals: ApprovalActions;
  readonly announce: (text: string) => void;
  readonly focusIn: (key: string, selector: string) => void;
  /** A row is about to change its height because of the reader; `bringIn`: to show what was below the view. */
  readonly beforeResize: (key: string, bringIn?: boolean) => void;
  readonly interrupting: (busy: boolean, error: string | undefined) => void;
}

/** What the buttons do: a message to the host, or a change of what the page remembers. */
export function createActions(ports: ActionPorts): PageActions {
  const failure = (outcome: Outcome): string | undefined => {
    if (outcome.ok) {
      return undefined;
    }
    return outcome.message === '' ? (ports.strings()?.failed ?? outcome.code) : outcome.message;
  };
  return {
    openLink: (url) => ports.post({ type: 'openLink', url: url.slice(0, MAX_LINK) }),
    openBody: (key, part) => ports.post({ type: 'openBody', key, part }),
    openCode: ({ key, block, number }) => ports.post({ type: 'openCode', key, block, code: number }),
    insertCode: ({ key, block, number }) => ports.post({ type: 'insertCode', key, block, code: number }),
    copyCode: ({ key, block, number }) => ports.post({ type: 'copyCode', key, block, code: number }),
    openBlock: (key, part, index) =>
      ports.post({ type: 'openBlock', key, part: part === 'result' ? 'result' : 'text', index }),
    useInWorkspace: (key, what) => ports.post({ type: what, key }),
    copyBody: (key, part) => ports.post({ type: 'copyBody', key, part }),
    copyText: (text) => navigator.clipboard.writeText(pasteable(text)),
    act: (action) => ports.post({ type: 'action', action }),
    announce: ports.announce,
    focusIn: ports.focusIn,
    interrupt: () => {
      ports.interrupting(true, undefined);
      void ports
        .ask((id) => ({ type: 'interrupt', id }))
        .then((outcome) => ports.interrupting(false, failure(outcome)));
    },
    approvals: ports.approvals,
    changeRow: (key, part) => ports.ui.change(key, part),
    grow: (key) => {
      ports.beforeResize(key);
      ports.ui.change(key, {});
    },
    toggle: (key, expanded) => {
      ports.beforeResize(key, expanded);
      ports.ui.change(key, { expanded });
    },
  };
}
