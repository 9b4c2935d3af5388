import * as vscode from 'vscode';
import type { Redactor } from '../api/http/redact.ts';
import { Attention } from '../browse/attention.ts';
import { systemClock } from '../util/clock.ts';
import { type Disposable, DisposableStore } from '../util/disposable.ts';
import { Lazy } from '../util/lazy.ts';
import { AttentionBar } from './attention/attentionBar.ts';
import { AttentionNotices } from './attention/attentionNotices.ts';
import type { CommandContext } from './commands/commandContext.ts';
import { type CommandCall, runCommand } from './commands/runCommand.ts';
import { Drafts } from './commands/drafts.ts';
import type { AutomaticSaves } from './documents/automaticSaves.ts';
import { DetailDocuments } from './documents/detailDocuments.ts';
import { DocumentGate } from './documents/documentGate.ts';
import { Documents } from './documents/documents.ts';
import { PastDocuments } from './documents/pastDocuments.ts';
import {
  contextKeys,
  type ContentScheme,
  detailScheme,
  erasedScheme,
  pastScheme,
  reportScheme,
  transcriptScheme,
} from './ids.ts';
import { TextInEditor } from './input/textInEditor.ts';
import type { SessionTools } from './languageModel/sessionTools.ts';
import { LazyPanels } from './panel/lazyPanels.ts';
import type { SessionPanels } from './panel/sessionPanels.ts';
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
import { KeptSearches } from './search/keptSearches.ts';
import { createTransport } from './services/transport.ts';
import type { Shell } from './shell.ts';
import type { ChecksController } from './smoke/checksController.ts';
import { ReportDocuments } from './smoke/reportDocuments.ts';
import type { Smoke } from './smoke/smoke.ts';
import { Explorer } from './tree/explorer.ts';
import type { ExplorerView } from './tree/explorerView.ts';

/** What the editor knows from the start, and what has been learned since. */
export interface Beginning {
  readonly context: vscode.ExtensionContext;
  readonly redactor: Redactor;
  readonly view: ExplorerView;
  readonly checks: ChecksController;
  readonly automaticSaves: AutomaticSaves;
}

/** Everything that lives as long as the extension does. */
export interface Parts extends Disposable {
  readonly shell: Shell;
  readonly commandContext: CommandContext;
  readonly runCommand: (call: CommandCall) => Promise<unknown>;
  readonly view: ExplorerView;
  readonly explorer: Explorer;
  readonly panels: Lazy<SessionPanels>;
  readonly smoke: Lazy<Smoke>;
  /** For the editor's own AI. */
  readonly sessionTools: Lazy<SessionTools>;
  readonly documents: Documents;
  /** Who provides the documents of a scheme. */
  readonly contents: Readonly<Record<ContentScheme, () => Promise<vscode.TextDocumentContentProvider>>>;
}

/**
 * Puts the parts together, each with just what it needs. No part does anything before it is asked, and what not
 * every window needs is built, and its code loaded, when it is needed.
 */
export function buildParts({ context, redactor, view, checks, automaticSaves }: Beginning): Parts {
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
      view,
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
  const past = owned.add(new PastDocuments(shell));
  const documents = owned.add(
    new Documents(shell, gate, automaticSaves, (connection, kind) => {
      const { lists } = explorer;
      if (lists.scope.connection.id === connection.id) {
        void (kind === 'agent' ? lists.agents : lists.environments).pager.refresh();
      }
    }),
  );
  const erasedReports = new ReportDocuments(
    erasedScheme,
    l10n.t('This list went with the window that made it.'),
  );
  const smokeReports = new ReportDocuments(
    reportScheme,
    l10n.t('This report went with the window that made it. Run the smoke checks again.'),
  );
  const feeds = owned.add(
    new Lazy(async () => {
      const { SessionFeeds } = await import('./panel/sessionFeeds.ts');
      return new SessionFeeds(shell);
    }),
  );
  const transcripts = owned.add(
    new Lazy(async () => {
      const { TranscriptDocuments } = await import('./panel/transcriptDocuments.ts');
      return new TranscriptDocuments(shell, await feeds.get(), gate);
    }),
  );
  const sessionPanels = owned.add(
    new Lazy(async () => {
      const { SessionPanels } = await import('./panel/sessionPanels.ts');
      return new SessionPanels(shell, await feeds.get());
    }),
  );
  const panels = new LazyPanels(sessionPanels);
  const smoke = owned.add(
    new Lazy(async () => {
      const { Smoke } = await import('./smoke/smoke.ts');
      return new Smoke({
        shell,
        settings,
        offers,
        reports: smokeReports,
        controller: checks,
        openSession: (connection) => {
          const open = panels.recent.find((panel) => panel.connection.id === connection.id);
          return open && { sessionId: open.sessionId, title: open.header?.title ?? open.sessionId };
        },
      });
    }),
  );
  const keptSearches = new KeptSearches({
    storage: context.globalStorageUri,
    language: vscode.env.language,
    clock,
    log,
  });
  const search = owned.add(
    new Lazy(async () => {
      const { SessionsSearch } = await import('./search/sessionsSearch.ts');
      return new SessionsSearch({
        shell,
        cache: async () => (settings.keepsSearched ? await keptSearches.open() : undefined),
      });
    }),
  );
  const sessionTools = owned.add(
    new Lazy(async () => {
      const { openSessionTools } = await import('./languageModel/openSessionTools.ts');
      return openSessionTools(shell, await feeds.get());
    }),
  );
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
    reports: erasedReports,
    longTexts: new TextInEditor(contextKeys.textAwaited),
    past,
    texts: new TextInEditor(contextKeys.rubricAwaited),
    search,
    searchCache: keptSearches,
    panels,
    transcripts,
    smoke,
    smokeReports,
    exportSession: async (request) => {
      const { exportSession } = await import('./panel/exportSession.ts');
      await exportSession(shell, await feeds.get(), request);
    },
    copyConversation: async (request) => {
      const { copyConversation } = await import('./panel/copyConversation.ts');
      await copyConversation(shell, await feeds.get(), request);
    },
    openSession: (connection, sessionId, options) => panels.open(connection, sessionId, options),
    environment,
  };
  owned.add(
    offerEnvironmentKey({
      shell,
      environment,
      onDidChangeState: explorer.onDidChangeState,
      use: async (connection, found) => {
        const { useEnvironmentKey } = await import('./commands/setKey.ts');
        await useEnvironmentKey(commandContext, connection, found);
      },
    }),
  );
  return {
    shell,
    commandContext,
    runCommand: (call) => runCommand(commandContext, call),
    view,
    explorer,
    panels: sessionPanels,
    smoke,
    sessionTools,
    documents,
    contents: {
      [detailScheme]: () => Promise.resolve(details),
      [pastScheme]: () => Promise.resolve(past),
      [erasedScheme]: () => Promise.resolve(erasedReports),
      [reportScheme]: () => Promise.resolve(smokeReports),
      [transcriptScheme]: () => transcripts.get(),
    },
    dispose: () => owned.dispose(),
  };
}
