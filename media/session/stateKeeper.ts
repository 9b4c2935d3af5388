import type { Clock } from '../../src/util/clock.ts';
import type { Disposable } from '../../src/util/disposable.ts';
import type { Replica } from './applyPatch.ts';
import type { Host, PageState } from './host.ts';
import { keepForms } from './keptForms.ts';
import { keepRows, type KeptPlace } from './keptPlace.ts';
import type { KeptViews } from './sessionViews.ts';
import type { UiState } from './uiState.ts';

/** How long changes wait for each other before they are kept. */
const TOGETHER_MS = 500;

export interface KeeperPorts {
  readonly host: Host;
  readonly clock: Clock;
  readonly ui: UiState;
  readonly replica: () => Replica | undefined;
  readonly draft: () => string;
  readonly place: () => KeptPlace;
  readonly views: () => KeptViews;
}

/** Keeps with the editor what a page needs to come back as it was, and puts it back. */
export class StateKeeper {
  private readonly ports: KeeperPorts;
  private timer: Disposable | undefined;

  constructor(ports: KeeperPorts) {
    this.ports = ports;
  }

  saveSoon(): void {
    this.timer ??= this.ports.clock.after(TOGETHER_MS, () => {
      this.timer = undefined;
      this.save();
    });
  }

  save(): void {
    const { host, ui, replica, draft, place, views } = this.ports;
    const header = replica()?.header;
    if (header !== undefined) {
      host.save({
        connectionId: header.connectionId,
        origin: header.origin,
        sessionId: header.sessionId,
        draft: draft(),
        title: header.title,
        place: place(),
        rows: keepRows(ui.entries),
        forms: keepForms(ui.entries),
        views: views(),
      });
    }
  }

  /** What was kept of this session, its forms and opened rows already put back. */
  restore(sessionId: string): PageState | undefined {
    const { host, ui } = this.ports;
    const kept = host.load();
    if (kept?.sessionId !== sessionId) {
      return undefined;
    }
    for (const { key, text, json, isError, denying } of kept.forms) {
      ui.change(key, { formText: text, formJson: json, formIsError: isError, denying });
    }
    for (const [key, expanded] of kept.rows) {
      ui.change(key, { expanded });
    }
    return kept;
  }
}
