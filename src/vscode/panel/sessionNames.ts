import type { ManagedAgentsClient } from '../../api/client.ts';
import type { Session } from '../../api/resources/session.ts';

/** What a session's agent and environment are called. */
export interface SessionNames {
  readonly agent: string | undefined;
  readonly model: string | undefined;
  readonly environment: string | undefined;
}

/**
 * Looks up what a session names by id only, as Synth's dialect does. Asked once per panel; where it cannot
 * be found out, the id is shown, and nothing is said about it.
 */
export class SessionNamesLookup {
  private readonly client: ManagedAgentsClient;
  private readonly onFound: () => void;
  private asked = false;
  private found: SessionNames = { agent: undefined, model: undefined, environment: undefined };

  constructor(client: ManagedAgentsClient, onFound: () => void) {
    this.client = client;
    this.onFound = onFound;
  }

  /** What is known now; the rest comes with `onFound`. */
  of(session: Session | undefined): SessionNames {
    if (session !== undefined && !this.asked) {
      this.asked = true;
      void this.lookUp(session);
    }
    return {
      agent: session?.agent.name ?? this.found.agent,
      model: session?.agent.model ?? this.found.model,
      environment: this.found.environment,
    };
  }

  private async lookUp(session: Session): Promise<void> {
    const { agent, environmentId } = session;
    const unknownAgent = agent.name === undefined ? agent.id : undefined;
    const [found, environment] = await Promise.all([
      unknownAgent === undefined ? undefined : this.client.getAgent(unknownAgent).catch(() => undefined),
      environmentId === undefined
        ? undefined
        : this.client.getEnvironment(environmentId).catch(() => undefined),
    ]);
    this.found = { agent: found?.name, model: found?.model, environment: environment?.name };
    this.onFound();
  }
}
