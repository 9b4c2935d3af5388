import type { Transcript } from '../../transcript/transcript.ts';

/** What tells whether the agent still works on the turn that it was asked to end. */
type TurnFacts = Pick<Transcript, 'status' | 'turnEnd' | 'pending'>;

/**
 * Whether the agent was asked to stop and has not yet. Only events end it: the answer to the request says no
 * more than that the server knows, and a tool call may go on for a while.
 */
export class Stopping {
  private readonly facts: TurnFacts;
  /** The key of the latest end of a turn when it was asked; what ends later ends the turn that was meant. */
  private asked: { readonly turnEnd: string | undefined } | undefined;

  constructor(facts: TurnFacts) {
    this.facts = facts;
  }

  ask(): void {
    this.asked = { turnEnd: this.facts.turnEnd?.key };
  }

  /** The request failed: the agent goes on. */
  takeBack(): void {
    this.asked = undefined;
  }

  get isOn(): boolean {
    if (this.asked !== undefined && (this.facts.turnEnd?.key !== this.asked.turnEnd || !this.isAtWork())) {
      this.asked = undefined;
    }
    return this.asked !== undefined;
  }

  private isAtWork(): boolean {
    switch (this.facts.status?.event.type) {
      case 'session.status_running':
      case 'session.status_rescheduled':
        return true;
      default:
        return this.facts.pending.length > 0;
    }
  }
}
