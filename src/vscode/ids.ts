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
  copyId: 'managedAgents.copyId',
  showDetails: 'managedAgents.showDetails',
  loadMore: 'managedAgents.loadMore',
  retry: 'managedAgents.retry',
  runSmokeChecks: 'managedAgents.smoke.run',
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
} as const;

export const settings = {
  section: 'managedAgents',
  connections: 'managedAgents.connections',
  transport: 'managedAgents.http.transport',
  enterSends: 'managedAgents.composer.enterSends',
} as const;

/** Scheme of the read-only documents that show what a server sent. */
export const documentScheme = 'managed-agents';
