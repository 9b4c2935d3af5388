/** What was entered and could not be carried out, kept until it can or the window closes. */
export class Drafts {
  private readonly drafts = new Map<string, unknown>();

  /** The draft of a kind, made complete by the blank one of the same kind. */
  take<State extends object>(kind: DraftKind<State>): State {
    const kept = this.drafts.get(kind.name) as Partial<State> | undefined;
    return { ...kind.blank, ...kept };
  }

  keep<State extends object>(kind: DraftKind<State>, state: State): void {
    this.drafts.set(kind.name, state);
  }

  forget<State extends object>(kind: DraftKind<State>): void {
    this.drafts.delete(kind.name);
  }

  clear(): void {
    this.drafts.clear();
  }
}

export interface DraftKind<State extends object> {
  /** Unique per form and connection. */
  readonly name: string;
  readonly blank: State;
}
