import {
  type EnvironmentFields,
  readEnvironmentCreate,
  readEnvironmentUpdate,
  standardConfig,
} from '../bodies/environmentBody.ts';
import { invalid } from '../errors.ts';
import { readFlag } from '../query.ts';
import type { EnvironmentRecord } from '../records.ts';
import type { Store } from '../store.ts';
import { Checker } from '../validation.ts';
import { type Call, type Handlers, json, pathId } from './call.ts';
import { answerPage } from './listing.ts';

export const environmentHandlers: Handlers<
  'listEnvironments' | 'createEnvironment' | 'getEnvironment' | 'updateEnvironment' | 'archiveEnvironment'
> = {
  listEnvironments: (call) => {
    const checker = new Checker();
    const archived = readFlag(call.query, checker, 'include_archived');
    return answerPage(call, checker, {
      name: 'environments',
      items: call.store.environments,
      order: 'desc',
      matches: (environment) => archived || environment.archivedAt === null,
      shape: (environment) => call.dialect.environment(environment),
    });
  },

  createEnvironment: (call) => {
    const environment = createEnvironment(call.store, readEnvironmentCreate(call.body));
    return json(call.dialect.environment(environment), call.dialect.createdStatus);
  },

  getEnvironment: (call) => json(call.dialect.environment(environmentOf(call))),

  updateEnvironment: (call) => {
    const environment = environmentOf(call);
    if (environment.archivedAt !== null) {
      throw invalid('An archived environment cannot be changed', 'environment_archived');
    }
    const fields = readEnvironmentUpdate(call.body, environment);
    if (fields.config !== undefined && fields.config['type'] !== environment.config['type']) {
      throw invalid('config.type: cannot be changed', 'invalid_config_type_change');
    }
    Object.assign(environment, fields, { updatedAt: call.store.now() });
    return json(call.dialect.environment(environment));
  },

  archiveEnvironment: (call) => {
    const environment = environmentOf(call);
    environment.archivedAt ??= call.store.now();
    return json(call.dialect.environment(environment));
  },
};

function environmentOf(call: Call): EnvironmentRecord {
  return call.store.environment(pathId(call, 'environment_id'));
}

export function createEnvironment(
  store: Store,
  fields: EnvironmentFields & { name: string },
  createdAt = store.now(),
): EnvironmentRecord {
  const environment: EnvironmentRecord = {
    description: null,
    config: standardConfig,
    metadata: {},
    scope: 'organization',
    ...fields,
    id: store.newId('env_'),
    createdAt,
    updatedAt: createdAt,
    archivedAt: null,
  };
  store.addEnvironment(environment);
  return environment;
}
