import type { OperationId } from '../../api/operations.ts';
import type { ServedBeyondId } from '../dialects/dialect.ts';
import { SandboxError } from '../errors.ts';
import { agentHandlers } from './agents.ts';
import { beyondHandlers } from './beyond.ts';
import { type Handlers, json } from './call.ts';
import { environmentHandlers } from './environments.ts';
import { eventHandlers } from './events.ts';
import { fileHandlers } from './files.ts';
import { sessionHandlers } from './sessions.ts';

/** A handler for every row of the operations table: a new row without one is a type error here. */
export const handlers: Handlers<OperationId | ServedBeyondId> = {
  health: () => json({ status: 'ok' }),
  // No known server has it; no dialect offers it, so the router never comes here.
  listThreads: () => {
    throw new SandboxError('notFound', 'Not Found');
  },
  ...environmentHandlers,
  ...agentHandlers,
  ...sessionHandlers,
  ...eventHandlers,
  ...beyondHandlers,
  ...fileHandlers,
};
