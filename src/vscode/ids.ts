/** Publisher and name of the manifest. */
export const EXTENSION_ID = 'managed-agents.managed-agents-vscode';

/**
 * Every name that the manifest and the code must agree on. A test in the real editor compares them both
 * ways, with the manifest and with what is really registered.
 */

export const commands = {
  chooseConnection: 'managedAgents.connection.choose',
  addConnection: 'managedAgents.connection.add',
  editConnection: 'managedAgents.connection.edit',
  removeConnection: 'managedAgents.connection.remove',
  setKey: 'managedAgents.key.set',
  removeKey: 'managedAgents.key.remove',
  removeAllData: 'managedAgents.data.removeAll',
  copyAsCurl: 'managedAgents.copyAsCurl',
  openDocumentation: 'managedAgents.documentation.open',
  getStarted: 'managedAgents.walkthrough.open',
  startSandbox: 'managedAgents.sandbox.start',
  stopSandbox: 'managedAgents.sandbox.stop',
  refresh: 'managedAgents.refresh',
  showLog: 'managedAgents.log.show',
  createEnvironment: 'managedAgents.environment.create',
  archiveEnvironment: 'managedAgents.environment.archive',
  createAgent: 'managedAgents.agent.create',
  archiveAgent: 'managedAgents.agent.archive',
  createSession: 'managedAgents.session.create',
  openSession: 'managedAgents.session.open',
  archiveSession: 'managedAgents.session.archive',
  reviewSession: 'managedAgents.session.review',
  showActiveSessions: 'managedAgents.session.showActive',
  defineOutcome: 'managedAgents.session.defineOutcome',
  useRubric: 'managedAgents.outcome.useRubric',
  openSessionToSide: 'managedAgents.session.openToSide',
  renameSession: 'managedAgents.session.rename',
  interruptSession: 'managedAgents.session.interrupt',
  reconnectSession: 'managedAgents.session.reconnect',
  exportSession: 'managedAgents.session.export',
  openExported: 'managedAgents.session.openExported',
  openSessionAsText: 'managedAgents.session.openAsText',
  copySessionId: 'managedAgents.session.copyId',
  copyConversation: 'managedAgents.session.copyConversation',
  focusLastMessage: 'managedAgents.session.focusLastMessage',
  focusComposer: 'managedAgents.session.focusComposer',
  findInSession: 'managedAgents.session.find',
  toggleEventLog: 'managedAgents.session.toggleEventLog',
  toggleTimeline: 'managedAgents.session.toggleTimeline',
  showInEventLog: 'managedAgents.session.showInEventLog',
  attachSelection: 'managedAgents.session.attachSelection',
  attachFile: 'managedAgents.session.attachFile',
  sendSelection: 'managedAgents.session.sendSelection',
  sendFile: 'managedAgents.session.sendFile',
  sendProblems: 'managedAgents.session.sendProblems',
  rename: 'managedAgents.rename',
  editMetadata: 'managedAgents.metadata.edit',
  editAgent: 'managedAgents.agent.edit',
  agentVersions: 'managedAgents.agent.versions',
  showAgentUsage: 'managedAgents.agent.usage',
  editEnvironment: 'managedAgents.environment.edit',
  deleteEnvironment: 'managedAgents.environment.delete',
  changeBudget: 'managedAgents.session.changeBudget',
  deleteSession: 'managedAgents.session.delete',
  compareSessions: 'managedAgents.session.compare',
  showOutputs: 'managedAgents.session.showOutputs',
  openThread: 'managedAgents.session.openThread',
  useText: 'managedAgents.text.use',
  copyId: 'managedAgents.copyId',
  showDetails: 'managedAgents.showDetails',
  editAsDocument: 'managedAgents.document.edit',
  saveAsFile: 'managedAgents.document.saveAsFile',
  createAgentFromFile: 'managedAgents.agent.createFromFile',
  createEnvironmentFromFile: 'managedAgents.environment.createFromFile',
  createFromThisFile: 'managedAgents.file.create',
  compareFileWithServer: 'managedAgents.file.compare',
  updateFromThisFile: 'managedAgents.file.update',
  loadMore: 'managedAgents.loadMore',
  filterLists: 'managedAgents.list.filter',
  clearFilters: 'managedAgents.list.clearFilters',
  groupSessions: 'managedAgents.list.group',
  sortSessions: 'managedAgents.list.sort',
  pinSession: 'managedAgents.session.pin',
  unpinSession: 'managedAgents.session.unpin',
  findSession: 'managedAgents.findSession',
  archiveSelected: 'managedAgents.archiveSelected',
  searchSessions: 'managedAgents.search.start',
  stopSearch: 'managedAgents.search.stop',
  resumeSearch: 'managedAgents.search.resume',
  repeatSearch: 'managedAgents.search.repeat',
  clearSearch: 'managedAgents.search.clear',
  openSearchHit: 'managedAgents.search.openHit',
  moreSearchHits: 'managedAgents.search.more',
  deleteSearchCache: 'managedAgents.search.deleteCache',
  retry: 'managedAgents.retry',
  runSmokeChecks: 'managedAgents.smoke.run',
  copySmokeReport: 'managedAgents.smoke.copyReport',
  showOperations: 'managedAgents.connection.showOperations',
  diagnose: 'managedAgents.connection.diagnose',
} as const;
export type CommandId = (typeof commands)[keyof typeof commands];

export const viewContainer = 'managedAgents';

/** The walkthrough as the editor names it: the extension's id, and its own. */
export const walkthroughId = 'managed-agents.managed-agents-vscode#managedAgents.start';
export const views = {
  explorer: 'managedAgents.explorer',
  searchResults: 'managedAgents.searchResults',
} as const;

export const panels = {
  session: 'managedAgents.session',
} as const;

/** Editors for files of ours. */
export const customEditors = {
  sessionFile: 'managedAgents.sessionFile',
} as const;

/** Tools for the editor's own AI, by their names in the manifest. */
export const languageModelTools = {
  listSessions: 'managedAgents_listSessions',
  readSession: 'managedAgents_readSession',
  sendMessage: 'managedAgents_sendMessage',
  createSession: 'managedAgents_createSession',
} as const;
export type ToolName = (typeof languageModelTools)[keyof typeof languageModelTools];

/** Keys for `when` clauses, set by the code. */
export const contextKeys = {
  /** What the whole view has to say while it has no rows: see `ViewState`. */
  viewState: 'managedAgents.viewState',
  sandboxRunning: 'managedAgents.sandboxRunning',
  hasKey: 'managedAgents.hasKey',
  /** A filter leaves something out of the lists, or shows what is archived. */
  filtered: 'managedAgents.filtered',
  /** A search in sessions has something to show. */
  searchShown: 'managedAgents.searchShown',
  searchRunning: 'managedAgents.searchRunning',
  /** The connection that the tree shows is for looking only. */
  readOnly: 'managedAgents.readOnly',
  /** The first steps, each set when it has really happened. */
  didConnect: 'managedAgents.did.connect',
  didCheck: 'managedAgents.did.check',
  didCreate: 'managedAgents.did.create',
  didSend: 'managedAgents.did.send',
  /** A rubric is being written in an editor. */
  rubricAwaited: 'managedAgents.rubricAwaited',
  /** A long text of another kind is being written in an editor. */
  textAwaited: 'managedAgents.textAwaited',
} as const;

export const settings = {
  section: 'managedAgents',
  connections: 'managedAgents.connections',
  transport: 'managedAgents.http.transport',
  enterSends: 'managedAgents.composer.enterSends',
  searchCache: 'managedAgents.search.cache',
  notifyNeedsYou: 'managedAgents.notify.needsYou',
  notifyFinished: 'managedAgents.notify.finished',
  notifyFailed: 'managedAgents.notify.failed',
  languageModelTools: 'managedAgents.languageModelTools',
} as const;

/** Scheme of agents and environments as files. Known to the manifest, which wakes the extension for it. */
export const documentScheme = 'managed-agents';

/**
 * Whether documents of this scheme are ours: transcripts, details, reports and all others, also those to come.
 * None of them is what the user means by "the editor".
 */
export function isOwnScheme(scheme: string): boolean {
  return scheme.startsWith(documentScheme);
}

/** Scheme of the read-only documents that show what a server sent. */
export const detailScheme = 'managed-agents-details';

/** Scheme of the read-only documents that hold reports of the smoke checks. */
export const reportScheme = 'managed-agents-report';

/** Scheme of the read-only documents that list what was deleted, or what an agent used. */
export const erasedScheme = 'managed-agents-erased';

/** Scheme of the read-only documents of what is past: versions of agents, events of threads. */
export const pastScheme = 'managed-agents-past';

/** Scheme of the documents that hold a session's transcript as text and follow it. */
export const transcriptScheme = 'managed-agents-transcript';

/** Schemes of documents that are only read, and may still be shown in a window that has just been loaded anew. */
export const contentSchemes = [
  detailScheme,
  reportScheme,
  erasedScheme,
  pastScheme,
  transcriptScheme,
] as const;
export type ContentScheme = (typeof contentSchemes)[number];
