import type { Outcome, PageMessage } from '../../src/protocol/messages.ts';
import type { PageStrings } from '../../src/protocol/strings.ts';
import type { UiState } from './uiState.ts';
import type { PageActions } from './view/context.ts';

export interface ActionPorts {
  readonly post: (message: PageMessage) => void;
  readonly ask: (build: (id: number) => PageMessage) => Promise<Outcome>;
  readonly ui: UiState;
  readonly strings: () => PageStrings | undefined;
  readonly announce: (text: string) => void;
  readonly focusIn: (key: string, selector: string) => void;
  /** A row is about to change its height because of the reader. */
  readonly beforeResize: (key: string) => void;
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
  const askAboutRow = async (key: string, build: (id: number) => PageMessage) => {
    ports.ui.change(key, { busy: true, error: undefined });
    const outcome = await ports.ask(build);
    ports.ui.change(key, { busy: false, error: failure(outcome) });
    return outcome.ok;
  };
  const answer = async (key: string, build: (id: number) => PageMessage) => {
    if (await askAboutRow(key, build)) {
      // The row itself is about to change; until then a second answer must not be possible.
      ports.ui.change(key, { busy: true });
    }
  };
  return {
    openLink: (url) => ports.post({ type: 'openLink', url }),
    openBody: (key, part) => ports.post({ type: 'openBody', key, part }),
    copyBody: (key, part) => ports.post({ type: 'copyBody', key, part }),
    copyText: (text) => void navigator.clipboard.writeText(text),
    act: (action) => ports.post({ type: 'action', action }),
    announce: ports.announce,
    focusIn: ports.focusIn,
    interrupt: () => {
      ports.interrupting(true, undefined);
      void ports
        .ask((id) => ({ type: 'interrupt', id }))
        .then((outcome) => ports.interrupting(false, failure(outcome)));
    },
    decide: (row, decision, reason) => {
      const { eventId, inputHash } = row;
      if (eventId !== null) {
        void answer(row.key, (id) => ({ type: 'decide', id, eventId, inputHash, decision, reason }));
      }
    },
    answerTool: (row, text, isError) => {
      const { eventId } = row;
      if (eventId !== null) {
        void answer(row.key, (id) => ({ type: 'answerTool', id, eventId, text, isError }));
      }
    },
    changeRow: (key, part) => ports.ui.change(key, part),
    keepText: (key, text) => ports.ui.keepText(key, text),
    toggle: (key, expanded) => {
      ports.beforeResize(key);
      ports.ui.change(key, { expanded });
    },
  };
}
