import type { Connection } from '../../api/connection.ts';
import { ApiError } from '../../api/errors.ts';
import { checkContract } from '../../contract/checkContract.ts';
import { contractOperations } from '../../contract/contractOperation.ts';
import { contractMarkdown } from '../../contract/contractText.ts';
import { visible } from '../../text/visible.ts';
import { withCancel } from '../input/withCancel.ts';
import type { Capabilities } from '../services/capabilities.ts';
import type { Shell } from '../shell.ts';
import type { ReportDocuments } from './reportDocuments.ts';

/** Finds out what a server offers, without changing anything on it, and shows it as a document. */
export class ContractCommand {
  private readonly shell: Shell;
  private readonly capabilities: Capabilities;
  private readonly documents: ReportDocuments;

  constructor(shell: Shell, capabilities: Capabilities, documents: ReportDocuments) {
    this.shell = shell;
    this.capabilities = capabilities;
    this.documents = documents;
  }

  async run(connection: Connection): Promise<void> {
    const { l10n, notify } = this.shell;
    const title = l10n.t('What {name} offers', { name: visible(connection.name, 60) });
    try {
      await withCancel(title, async (signal, report) => {
        await this.look(connection, signal, (message) => {
          report({ message, increment: 100 / contractOperations.length });
        });
      });
    } catch (error) {
      const retry = () => void this.run(connection);
      await notify.error(error, { connection, what: l10n.t('the list of operations'), retry });
    }
  }

  private async look(
    connection: Connection,
    signal: AbortSignal,
    onStep: (message: string) => void,
  ): Promise<void> {
    const { clients, clock, keys, l10n, redactor } = this.shell;
    if ((await keys.presence(connection)) === 'absent') {
      throw new ApiError('noKey', { sent: false });
    }
    const report = await checkContract({
      connection,
      prober: clients.for(connection),
      allowWrites: false,
      signal,
      clock,
      random: Math.random,
      redact: (text) => redactor.redact(text),
      onFinding: ({ method, path }) => onStep(`${method} ${path}`),
    });
    this.capabilities.learn(connection, report);
    const name = l10n.t('What {name} offers', { name: connection.name });
    await this.documents.show(this.documents.hold(name, contractMarkdown(report, l10n)));
  }
}
