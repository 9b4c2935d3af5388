import type { Memento } from 'vscode';
import type { Connection } from '../../api/connection.ts';
import { type KnownOperations, knownFrom, readKnown } from '../../contract/capabilities.ts';
import type { ContractReport, Presence } from '../../contract/contractReport.ts';
import { Emitter } from '../../util/emitter.ts';

/**
 * What the servers are known to offer, so that what one lacks is not offered in the editor either. Learned from
 * the contract check and from answers that say that there is no such operation; kept for all windows.
 */
export class Capabilities {
  private readonly memory: Memento;
  private readonly changed = new Emitter<Connection>();
  readonly onDidChange = this.changed.event;

  constructor(memory: Memento) {
    this.memory = memory;
  }

  /** @param operation as the contract names it: `GET /agents/{agent_id}/versions`. */
  of(connection: Connection, operation: string): Presence {
    return this.known(connection)[operation] ?? 'unknown';
  }

  /** Takes over what a contract check found. */
  learn(connection: Connection, report: ContractReport): void {
    this.keep(connection, { ...this.known(connection), ...knownFrom(report) });
  }

  /** An answer said that there is no such operation, or gave what was asked for. */
  note(connection: Connection, operation: string, presence: 'present' | 'absent'): void {
    const known = this.known(connection);
    if (known[operation] !== presence) {
      this.keep(connection, { ...known, [operation]: presence });
    }
  }

  dispose(): void {
    this.changed.dispose();
  }

  private known(connection: Connection): KnownOperations {
    return readKnown(this.memory.get(keyOf(connection)));
  }

  private keep(connection: Connection, known: KnownOperations): void {
    void this.memory.update(keyOf(connection), known);
    this.changed.fire(connection);
  }
}

/** A server is its address: another connection to it is offered the same. */
function keyOf({ origin, prefix }: Connection): string {
  return `offers:${origin}${prefix}`;
}
