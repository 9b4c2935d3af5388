import { asObject, field, isJsonObject, type JsonObject, type JsonValue } from '../../util/json.ts';
import { invalid } from '../errors.ts';
import type { SessionRecord } from '../records.ts';
import { Checker } from '../validation.ts';
import { type AgentFields, readAgentOverrides } from './agentBody.ts';

export interface SessionCreate {
  readonly agentId: string;
  readonly agentVersion: number | undefined;
  readonly overrides: AgentFields;
  readonly environmentId: string;
  readonly title: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly resources: readonly JsonValue[];
  readonly vaultIds: readonly string[];
  readonly budget: JsonObject | null;
  readonly initialEvents: readonly JsonObject[];
}

const titleLimit = 512;

/** @throws SandboxError of kind `validation`. */
export function readSessionCreate(body: JsonObject): SessionCreate {
  const checker = new Checker();
  const agent = readAgentReference(body, checker);
  const environmentId = checker.text(body, 'environment_id', { required: true, min: 1 });
  const title = checker.nullableText(body, 'title', { max: titleLimit });
  const metadata = checker.metadata(body);
  const resources = checker.objects(body, 'resources', { max: 500 });
  const vaultIds = field(body, 'vault_ids');
  const initialEvents = checker.objects(body, 'initial_events', { max: 50 });
  initialEvents?.forEach((event, index) => {
    checker.oneOf(event, 'type', ['user.message', 'user.define_outcome'], {
      required: true,
      at: ['body', 'initial_events', index],
    });
  });
  checker.finish();
  return {
    ...agent,
    environmentId: environmentId ?? '',
    title: title ?? null,
    metadata: metadata ?? {},
    resources: resources ?? [],
    vaultIds: Array.isArray(vaultIds) ? vaultIds.filter((id) => typeof id === 'string') : [],
    budget: asObject(field(body, 'budget')) ?? null,
    initialEvents: initialEvents ?? [],
  };
}

function readAgentReference(
  body: JsonObject,
  checker: Checker,
): Pick<SessionCreate, 'agentId' | 'agentVersion' | 'overrides'> {
  const value = checker.required(body, 'agent');
  if (!isJsonObject(value)) {
    const agentId = value === undefined ? '' : (checker.text(body, 'agent', { min: 1 }) ?? '');
    return { agentId, agentVersion: undefined, overrides: {} };
  }
  const at = ['body', 'agent'];
  const type = checker.oneOf(value, 'type', ['agent', 'agent_with_overrides'], { required: true, at });
  const version = field(value, 'version');
  return {
    agentId: checker.text(value, 'id', { required: true, min: 1, at }) ?? '',
    agentVersion: typeof version === 'number' ? version : undefined,
    overrides: type === 'agent_with_overrides' ? readAgentOverrides(value, checker) : {},
  };
}

export type SessionUpdate = Partial<Pick<SessionRecord, 'title' | 'metadata' | 'budget'>> & {
  readonly agent?: AgentFields;
};

/** @throws SandboxError of kind `validation`, or `invalid` for what this session cannot change now. */
export function readSessionUpdate(body: JsonObject, session: SessionRecord): SessionUpdate {
  const checker = new Checker();
  const title = checker.nullableText(body, 'title', { max: titleLimit });
  const metadata = checker.metadata(body, session.metadata);
  const agent = asObject(field(body, 'agent'));
  const overrides = agent === undefined ? undefined : readAgentOverrides(agent, checker);
  checker.finish();
  if (field(body, 'vault_ids') !== undefined) {
    throw invalid('vault_ids: cannot be changed after the session was created');
  }
  if (overrides !== undefined && session.status !== 'idle') {
    throw invalid('agent: can be changed only while the session is idle');
  }
  const budget = field(body, 'budget');
  if (budget !== undefined && session.budget === null) {
    throw invalid('budget: the session was created without one');
  }
  return {
    ...(title === undefined ? {} : { title }),
    ...(metadata === undefined ? {} : { metadata }),
    ...(overrides === undefined ? {} : { agent: overrides }),
    ...(budget === undefined ? {} : { budget: asObject(budget) ?? null }),
  };
}
