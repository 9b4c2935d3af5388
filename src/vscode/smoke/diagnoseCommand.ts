import { lookup } from 'node:dns/promises';
import * as vscode from 'vscode';
import { type Connection, isLoopbackOrigin } from '../../api/connection.ts';
import { ApiError } from '../../api/errors.ts';
import type { CallRecord } from '../../api/http/caller.ts';
import { describeError } from '../../text/describeError.ts';
import { sentences } from '../../text/explanation.ts';
import { markdownCode, markdownText } from '../../text/markdownText.ts';
import { visible } from '../../text/visible.ts';
import { withCancel } from '../input/withCancel.ts';
import type { Settings } from '../services/settings.ts';
import type { Shell } from '../shell.ts';
import { proxyInUse } from './proxyInUse.ts';
import type { ReportDocuments } from './reportDocuments.ts';
import { runtimeVersions } from './runtimeVersions.ts';

const LOOKUP_MS = 5_000;

type Entry = readonly [label: string, value: string];

/** Shows how this machine gets to a server, and what comes back; safe to paste, since it holds no secret. */
export class DiagnoseCommand {
  private readonly shell: Shell;
  private readonly settings: Settings;
  private readonly documents: ReportDocuments;

  constructor(shell: Shell, settings: Settings, documents: ReportDocuments) {
    this.shell = shell;
    this.settings = settings;
    this.documents = documents;
  }

  async run(connection: Connection): Promise<void> {
    const { l10n } = this.shell;
    const title = l10n.t('Diagnose {name}', { name: visible(connection.name, 60) });
    await withCancel(title, async (signal) => {
      const markdown = await this.diagnose(connection, signal);
      if (!signal.aborted) {
        await this.documents.show(
          this.documents.hold(l10n.t('Diagnosis of {name}', { name: connection.name }), markdown),
        );
      }
    });
  }

  private async diagnose(connection: Connection, signal: AbortSignal): Promise<string> {
    const { l10n, keys, redactor } = this.shell;
    const presence = await keys.presence(connection);
    const [names, calls] = await Promise.all([this.names(connection), this.ask(connection, signal)]);
    const sections: readonly (readonly [title: string, entries: readonly Entry[]])[] = [
      [l10n.t('Connection'), this.connectionEntries(connection, presence)],
      [l10n.t('Network'), [...this.networkEntries(connection), names]],
      [l10n.t('What came back'), calls],
      [l10n.t('Versions'), Object.entries(runtimeVersions())],
    ];
    const body = sections.map(([title, entries]) => {
      // Before anything is escaped: a key with a backslash in it would not be known again.
      const lines = entries.map(
        ([label, value]) => `- **${markdownText(label)}:** ${markdownCode(redactor.redact(value))}`,
      );
      return `## ${markdownText(title)}\n\n${lines.join('\n')}`;
    });
    const heading = `# ${markdownText(redactor.redact(l10n.t('Diagnosis of {name}', { name: connection.name })))}`;
    const note = markdownText(l10n.t('It holds no key, and can be passed on.'));
    return redactor.redact(`${[heading, note, ...body].join('\n\n')}\n`);
  }

  private connectionEntries(connection: Connection, presence: string): readonly Entry[] {
    const { l10n, auth } = this.shell;
    return [
      [l10n.t('Base URL'), `${connection.origin}${connection.prefix}`],
      [l10n.t('Key travels as'), connection.auth === 'bearer' ? 'Authorization: Bearer' : 'x-api-key'],
      ['anthropic-version', connection.version],
      ['anthropic-beta', connection.betas.length === 0 ? '–' : connection.betas.join(',')],
      [l10n.t('Key in the secret storage'), presence],
      [l10n.t('Last answer about the key'), auth.of(connection)],
    ];
  }

  private networkEntries(connection: Connection): readonly Entry[] {
    const { l10n } = this.shell;
    const { transport } = this.settings;
    const proxy = proxyInUse();
    const isDirect = isLoopbackOrigin(connection.origin) || transport === 'undici';
    const way =
      !isDirect && (transport === 'editor' || proxy !== undefined)
        ? l10n.t('through the editor')
        : isDirect
          ? l10n.t('direct')
          : l10n.t('direct; through the editor where that fails');
    const http = vscode.workspace.getConfiguration('http');
    return [
      [l10n.t('Transport chosen'), `${transport} (${way})`],
      [l10n.t('Proxy'), proxy ?? l10n.t('none')],
      [l10n.t('Proxy support of the editor'), String(http.get('proxySupport') ?? '')],
      [l10n.t('Certificates are checked strictly'), String(http.get('proxyStrictSSL') ?? '')],
      [l10n.t('Certificates of the system'), String(http.get('systemCertificates') ?? '')],
      ['NODE_EXTRA_CA_CERTS', process.env['NODE_EXTRA_CA_CERTS'] === undefined ? '–' : l10n.t('set')],
    ];
  }

  /** Behind a proxy the name need not be known here, so that a failure is said and no more. */
  private async names(connection: Connection): Promise<Entry> {
    const { l10n } = this.shell;
    const { hostname } = new URL(connection.origin);
    const late = new Promise<undefined>((resolve) => {
      this.shell.clock.after(LOOKUP_MS, () => resolve(undefined));
    });
    const found = await Promise.race([
      lookup(hostname.replace(/^\[|\]$/g, ''), { all: true }).catch((error: unknown) => codeOf(error)),
      late,
    ]);
    const text =
      found === undefined
        ? l10n.t('no answer')
        : typeof found === 'string'
          ? found
          : found.map(({ address }) => address).join(', ');
    return [l10n.t('Addresses of {host}', { host: hostname }), text];
  }

  /** One cheap read, and what it tells: status, time, request id, and the server's clock. */
  private async ask(connection: Connection, signal: AbortSignal): Promise<readonly Entry[]> {
    const { clients, clock, l10n } = this.shell;
    const calls: CallRecord[] = [];
    const client = clients.for(connection).observed((record) => calls.push(record));
    let outcome = l10n.t('a list');
    try {
      await client.listAgents({ limit: 1, signal });
    } catch (error) {
      const known = ApiError.is(error) ? error : new ApiError('network', { cause: error });
      const place = { connection: connection.name, origin: connection.origin };
      const { title, why, next } = describeError(known, place, l10n);
      outcome = sentences(title, why, next);
    }
    const now = clock.now();
    const last = calls.at(-1);
    const skew = last?.serverTime === undefined ? undefined : Math.round((last.serverTime - now) / 1_000);
    return [
      [l10n.t('Request'), last === undefined ? '–' : `${last.method} ${last.path}`],
      [l10n.t('Answer'), [last?.status, outcome].filter((part) => part !== undefined).join(' · ')],
      [l10n.t('Time'), last === undefined ? '–' : l10n.t('{ms} ms', { ms: Math.round(last.ms) })],
      [l10n.t('Attempts'), String(calls.length)],
      [l10n.t('Request id'), last?.requestId ?? '–'],
      [
        l10n.t('Clock of the server'),
        skew === undefined
          ? l10n.t('not known')
          : l10n.t('{seconds} s ahead of this machine', { seconds: skew }),
      ],
    ];
  }
}

function codeOf(error: unknown): string {
  const code: unknown =
    typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'error';
}
