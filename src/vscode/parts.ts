import * as vscode from 'vscode';
import type { Redactor } from '../api/http/redact.ts';
import { Attention } from '../browse/attention.ts';
import { systemClock } from '../util/clock.ts';
import { type Disposable, DisposableStore } from '../util/disposable.ts';
import { AttentionBar } from './attention/attentionBar.ts';
import { AttentionNotices } from './attention/attentionNotices.ts';
import type { CommandContext } from './commands/commandContext.ts';
import { Drafts } from './commands/drafts.ts';
import { useEnvironmentKey } from './commands/setKey.ts';
import { DetailDocuments } from './documents/detailDocuments.ts';
import { DocumentGate } from './documents/documentGate.ts';
import { Documents } from './documents/documents.ts';
import { PastDocuments } from './documents/pastDocuments.ts';
import { contextKeys } from './ids.ts';
import { SessionFeeds } from './panel/sessionFeeds.ts';
import { TextInEditor } from './input/textInEditor.ts';
import { SessionPanels } from './panel/sessionPanels.ts';
import { TranscriptDocuments } from './panel/transcriptDocuments.ts';
import { AuthTracker } from './services/authTracker.ts';
import { BrowseStates } from './services/browseStates.ts';
import { Capabilities } from './services/capabilities.ts';
import { ClientPool } from './services/clients.ts';
import { ConnectionRegistry } from './services/connectionRegistry.ts';
import { offerEnvironmentKey } from './services/environmentOffer.ts';
import { editorL10n } from './services/editorL10n.ts';
import { FirstSteps } from './services/firstSteps.ts';
import { folderFirst } from './services/folderFirst.ts';
import { isReadOnly } from './services/isReadOnly.ts';
import { KeyStore } from './services/keyStore.ts';
import { Log } from './services/log.ts';
import { Notifier } from './services/notifier.ts';
import { SandboxHost } from './services/sandboxHost.ts';
import { reportSettingProblems } from './services/settingProblems.ts';
import { Settings } from './services/settings.ts';
import { createTransport } from './services/transport.ts';
import type { Shell } from './shell.ts';
import type { SmokeParts } from './smoke/registerSmokeCommands.ts';
import { ReportDocuments } from './smoke/reportDocuments.ts';
import { erasedScheme } from './ids.ts';
import { Explorer } from './tree/explorer.ts';

/** Everything that lives as long as the extension does. */
export interface Parts extends Disposable {
  readonly shell: Shell;
  readonly commandContext: CommandContext;
  readonly smoke: SmokeParts;
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
      memory: folderFirst(context.workspaceState, context.globalState),
    }),
  );
  const keyStore = owned.add(new KeyStore({ secrets: context.secrets, redactor, clock, log }));
  const auth = owned.add(new AuthTracker(keyStore));
  const offers = owned.add(new Capabilities(context.globalState));
  const transport = owned.add(createTransport(settings, log, environment));
  const clientPool = new ClientPool({
    transport,
    keys: keyStore,
    auth,
    log,
    clock,
    random: Math.random,
    isReadOnly: (connection) => isReadOnly(registry, connection),
  });
  const steps = new FirstSteps({
    memory: context.globalState,
    setContext: (key, value) => void vscode.commands.executeCommand('setContext', key, value),
  });
  owned.add(
    auth.onDidChange((connection) => {
      if (auth.of(connection) === 'ok') {
        steps.did('connect');
      }
    }),
  );
  const attention = new Attention(clock);
  const browse = owned.add(new BrowseStates(context.globalState, ({ id }) => id === registry.sandbox?.id));
  const explorer = owned.add(
    new Explorer({
      connections: registry,
      clients: clientPool,
      keys: keyStore,
      auth,
      l10n,
      clock,
      log,
      attention,
      offers,
      browse,
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
    attention,
    steps,
    globalState: context.globalState,
    workspaceState: context.workspaceState,
  };
  const gate = owned.add(new DocumentGate());
  const details = owned.add(new DetailDocuments(shell, gate));
  const documents = owned.add(
    new Documents(shell, gate, (connection, kind) => {
      const { lists } = explorer;
      if (lists.scope.connection.id === connection.id) {
        void (kind === 'agent' ? lists.agents : lists.environments).pager.refresh();
      }
    }),
  );
  const erased = owned.add(
    new ReportDocuments(l10n, {
      scheme: erasedScheme,
      gone: l10n.t('This list went with the window that made it.'),
    }),
  );
  const feeds = owned.add(new SessionFeeds(shell));
  const transcripts = owned.add(new TranscriptDocuments(shell, feeds, gate));
  const panels = owned.add(new SessionPanels(shell, feeds));
  owned.add(new AttentionBar(shell));
  owned.add(new AttentionNotices(shell, panels));
  const commandContext: CommandContext = {
    shell,
    registry,
    keyStore,
    clientPool,
    settings,
    sandbox,
    explorer,
    details,
    documents,
    drafts: new Drafts(),
    steps,
    reports: erased,
    longTexts: new TextInEditor(contextKeys.textAwaited),
    past: owned.add(new PastDocuments(shell)),
    texts: new TextInEditor(contextKeys.rubricAwaited),
    panels,
    transcripts,
    exportSession: async (request) =>
      await (await import('./panel/exportSession.ts')).exportSession(shell, feeds, request),
    copyConversation: async (ref) =>
      await (await import('./panel/copyConversation.ts')).copyConversation(shell, feeds, ref),
    openSession: (connection, sessionId, options) => panels.open(connection, sessionId, options),
    environment,
  };
  owned.add(
    offerEnvironmentKey({
      shell,
      environment,
      onDidChangeState: explorer.onDidChangeState,
      use: (connection, found) => useEnvironmentKey(commandContext, connection, found),
    }),
  );
  const smoke: SmokeParts = {
    shell,
    settings,
    offers,
    openSession: (connection) => {
      const open = panels.recent.find((panel) => panel.connection.id === connection.id);
      return open && { sessionId: open.sessionId, title: open.header?.title ?? open.sessionId };
    },
  };
  return { shell, smoke, commandContext, dispose: () => owned.dispose() };
}
