import type { ServedBeyondId } from '../dialects/dialect.ts';
import { SandboxError } from '../errors.ts';
import { asObject, type JsonObject } from '../../util/json.ts';
import { Checker } from '../validation.ts';
import { type Handlers, json, pathId } from './call.ts';
import { answerPage } from './listing.ts';
import { sessionOf } from './sessions.ts';

/** What only Anthropic's dialect has, and Synth's contract does not name. */
export const beyondHandlers: Handlers<Exclude<ServedBeyondId, 'listFiles' | 'getFileContent'>> = {
  deleteSession: (call) => {
    const session = sessionOf(call);
    if (session.status === 'running' || session.status === 'rescheduling') {
      throw new SandboxError('conflict', 'A running session cannot be deleted; interrupt it first');
    }
    call.scriptedAgent.abandon(session);
    call.store.removeSession(session);
    return json({ id: pathId(call, 'session_id'), type: 'session_deleted' });
  },

  deleteEnvironment: (call) => {
    const environment = call.store.environment(pathId(call, 'environment_id'));
    if (call.store.sessions.some((session) => session.environmentId === environment.id)) {
      throw new SandboxError('conflict', 'Sessions still refer to this environment');
    }
    call.store.removeEnvironment(environment);
    return json({ id: environment.id, type: 'environment_deleted' });
  },

  listResources: (call) => {
    const session = sessionOf(call);
    return answerPage(call, new Checker(), {
      name: `resources of ${session.suffix}`,
      items: session.resources.flatMap((resource): JsonObject[] => {
        const object = asObject(resource);
        return object === undefined ? [] : [object];
      }),
      order: 'asc',
      limits: { standard: 1_000, max: 1_000 },
      shape: (resource) => resource,
    });
  },
};
