/**
 * Every name that the manifest and the code must agree on. A test in the real editor compares them both
 * ways, with the manifest and with what is really registered.
 */

export const commands = {
  chooseConnection: 'managedAgents.connection.choose',
  addConnection: 'managedAgents.connection.add',
  setKey: 'managedAgents.key.set',
  removeKey: 'managedAgents.key.remove',
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
  defineOutcome: 'managedAgents.session.defineOutcome',
  useRubric: 'managedAgents.outcome.useRubric',
  openSessionToSide: 'managedAgents.session.openToSide',
  renameSession: 'managedAgents.session.rename',
  interruptSession: 'managedAgents.session.interrupt',
  reconnectSession: 'managedAgents.session.reconnect',
  exportSession: 'managedAgents.session.export',
  openSessionAsText: 'managedAgents.session.openAsText',
  copySessionId: 'managedAgents.session.copyId',
  focusLastMessage: 'managedAgents.session.focusLastMessage',
  focusComposer: 'managedAgents.session.focusComposer',
  findInSession: 'managedAgents.session.find',
  toggleEventLog: 'managedAgents.session.toggleEventLog',
  showInEventLog: 'managedAgents.session.showInEventLog',
  attachSelection: 'managedAgents.session.attachSelection',
  attachFile: 'managedAgents.session.attachFile',
  copyId: 'managedAgents.copyId',
  showDetails: 'managedAgents.showDetails',
  loadMore: 'managedAgents.loadMore',
  retry: 'managedAgents.retry',
  runSmokeChecks: 'managedAgents.smoke.run',
  copySmokeReport: 'managedAgents.smoke.copyReport',
  showOperations: 'managedAgents.connection.showOperations',
  diagnose: 'managedAgents.connection.diagnose',
} as const;
export type CommandId = (typeof commands)[keyof typeof commands];

export const viewContainer = 'managedAgents';
export const views = {
  explorer: 'managedAgents.explorer',
} as const;

export const panels = {
  session: 'managedAgents.session',
} as const;

/** Keys for `when` clauses, set by the code. */
export const contextKeys = {
  /** What the whole view has to say while it has no rows: see `ViewState`. */
  viewState: 'managedAgents.viewState',
  sandboxRunning: 'managedAgents.sandboxRunning',
  hasKey: 'managedAgents.hasKey',
  /** A rubric is being written in an editor. */
  rubricAwaited: 'managedAgents.rubricAwaited',
} as const;

export const settings = {
  section: 'managedAgents',
  connections: 'managedAgents.connections',
  transport: 'managedAgents.http.transport',
  enterSends: 'managedAgents.composer.enterSends',
} as const;

/** Scheme of the read-only documents that show what a server sent. */
export const documentScheme = 'managed-agents';

/** Scheme of the documents that hold a session's transcript as text and follow it. */
export const transcriptScheme = 'managed-agents-transcript';
