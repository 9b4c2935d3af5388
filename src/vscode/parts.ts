import * as vscode from 'vscode';
import type { Redactor } from '../api/http/redact.ts';
import { systemClock } from '../util/clock.ts';
import { type Disposable, DisposableStore } from '../util/disposable.ts';
import type { CommandContext } from './commands/commandContext.ts';
import { Drafts } from './commands/drafts.ts';
import { DetailDocuments } from './documents/detailDocuments.ts';
import { exportSession } from './panel/exportSession.ts';
import { SessionFeeds } from './panel/sessionFeeds.ts';
import { TextInEditor } from './input/textInEditor.ts';
import { SessionPanels } from './panel/sessionPanels.ts';
import { TranscriptDocuments } from './panel/transcriptDocuments.ts';
import { AuthTracker } from './services/authTracker.ts';
import { Capabilities } from './services/capabilities.ts';
import { ClientPool } from './services/clients.ts';
import { ConnectionRegistry } from './services/connectionRegistry.ts';
import { editorL10n } from './services/editorL10n.ts';
import { KeyStore } from './services/keyStore.ts';
import { Log } from './services/log.ts';
import { Notifier } from './services/notifier.ts';
import { SandboxHost } from './services/sandboxHost.ts';
import { reportSettingProblems } from './services/settingProblems.ts';
import { Settings } from './services/settings.ts';
import { createTransport } from './services/transport.ts';
import { WaitingSessions } from './services/waitingSessions.ts';
import type { Shell } from './shell.ts';
import { Explorer } from './tree/explorer.ts';

/** Everything that lives as long as the extension does. */
export interface Parts extends Disposable {
  readonly shell: Shell;
  readonly commandContext: CommandContext;
  readonly offers: Capabilities;
}

/** Puts the parts together, each with just what it needs. No part does anything before it is asked. */
export function buildParts(context: vscode.ExtensionContext, redactor: Redactor): Parts {
  const owned = new DisposableStore();
  const clock = systemClock;
  const l10n = editorL10n;
  const environment = process.env;

  const log = owned.add(
    new Log(() => vscode.window.createOutputChannel('Managed Agents', { log: true }), redactor),
  );
  const notify = new Notifier(l10n, log, redactor);
  const settings = owned.add(new Settings());
  const registry = owned.add(
    new ConnectionRegistry({
      custom: () => settings.connections.connections,
      onDidChangeCustom: settings.onDidChangeConnections,
      memory: context.globalState,
    }),
  );
  const keyStore = owned.add(new KeyStore({ secrets: context.secrets, redactor, clock, log }));
  const auth = owned.add(new AuthTracker(keyStore));
  const offers = owned.add(new Capabilities(context.globalState));
  const transport = owned.add(createTransport(settings, log, environment));
  const clientPool = new ClientPool({ transport, keys: keyStore, auth, log, clock, random: Math.random });
  const waiting = new WaitingSessions();
  const explorer = owned.add(
    new Explorer({
      connections: registry,
      clients: clientPool,
      keys: keyStore,
      auth,
      l10n,
      clock,
      log,
      waiting,
    }),
  );
  const sandbox = owned.add(
    new SandboxHost({
      connections: registry,
      keys: keyStore,
      log,
      start: async (seed) => await (await import('../sandbox/server.ts')).startSandbox(seed),
    }),
  );
  owned.add(reportSettingProblems(settings, notify, l10n));

  const shell: Shell = {
    extensionUri: context.extensionUri,
    log,
    redactor,
    l10n,
    clock,
    connections: registry,
    clients: clientPool,
    keys: keyStore,
    auth,
    offers,
    notify,
    sessions: explorer,
    waiting,
    globalState: context.globalState,
    workspaceState: context.workspaceState,
  };
  const details = owned.add(new DetailDocuments(shell));
  const feeds = owned.add(new SessionFeeds(shell));
  const transcripts = owned.add(new TranscriptDocuments(shell, feeds));
  const panels = owned.add(new SessionPanels(shell, feeds));
  return {
    shell,
    offers,
    commandContext: {
      shell,
      registry,
      keyStore,
      clientPool,
      settings,
      sandbox,
      explorer,
      details,
      drafts: new Drafts(),
      texts: new TextInEditor(),
      panels,
      transcripts,
      exportSession: async (request) => await exportSession(shell, feeds, request),
      openSession: (connection, sessionId, options) => panels.open(connection, sessionId, options),
      environment,
    },
    dispose: () => owned.dispose(),
  };
}
