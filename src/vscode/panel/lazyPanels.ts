import type { Connection } from '../../api/connection.ts';
import type { Lazy } from '../../util/lazy.ts';
import type { OpenOptions, SessionPanelHandle, SessionPanels } from './sessionPanels.ts';

/** The session panels of this window, whose code is loaded with the first of them: before that there are none. */
export class LazyPanels {
  private readonly panels: Lazy<SessionPanels>;

  constructor(panels: Lazy<SessionPanels>) {
    this.panels = panels;
  }

  /** The session panel that the user works in, if the active editor is one. */
  get active(): SessionPanelHandle | undefined {
    return this.panels.built?.active;
  }

  /** The session panels that are open, the one that the user was in last first. */
  get recent(): readonly SessionPanelHandle[] {
    return this.panels.built?.recent ?? [];
  }

  find(connection: Connection, sessionId: string): SessionPanelHandle | undefined {
    return this.panels.built?.find(connection, sessionId);
  }

  /** Whether the panel of a session can be seen. */
  isInView(connection: Connection, sessionId: string): boolean {
    return this.panels.built?.isInView(connection, sessionId) === true;
  }

  /** Brings a session's panel to the front. Rejects with an ApiError for an id that no request may carry. */
  async open(connection: Connection, sessionId: string, options?: OpenOptions): Promise<void> {
    (await this.panels.get()).open(connection, sessionId, options);
  }

  /** Closes all panels, and answers how many there were. */
  closeAll(): number {
    return this.panels.built?.closeAll() ?? 0;
  }
}
