import { asObject, field, type JsonObject } from '../../util/json.ts';
import type { EnvironmentRecord } from '../records.ts';
import { Checker } from '../validation.ts';

export type EnvironmentFields = Partial<
  Pick<EnvironmentRecord, 'name' | 'description' | 'config' | 'metadata' | 'scope'>
>;

const packageManagers = ['apt', 'cargo', 'gem', 'go', 'npm', 'pip'] as const;

/** @throws SandboxError of kind `validation`. */
export function readEnvironmentCreate(body: JsonObject): EnvironmentFields & { name: string } {
  const checker = new Checker();
  checker.required(body, 'name');
  const fields = readFields(body, checker, {});
  checker.finish();
  return { ...fields, name: fields.name ?? '' };
}

/** @throws SandboxError of kind `validation`. */
export function readEnvironmentUpdate(body: JsonObject, current: EnvironmentRecord): EnvironmentFields {
  const checker = new Checker();
  const fields = readFields(body, checker, current.metadata);
  checker.finish();
  return fields;
}

/** What an environment gets when its create body names no config. */
export const standardConfig: JsonObject = cloudConfig({}, new Checker());

function readFields(
  body: JsonObject,
  checker: Checker,
  current: Readonly<Record<string, string>>,
): EnvironmentFields {
  const name = checker.text(body, 'name', { min: 1, max: 256 });
  const description = checker.nullableText(body, 'description', { max: 2_048 });
  const scope = checker.oneOf(body, 'scope', ['organization', 'account']);
  const metadata = checker.metadata(body, current);
  const config = readConfig(body, checker);
  return {
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description }),
    ...(scope === undefined ? {} : { scope }),
    ...(metadata === undefined ? {} : { metadata }),
    ...(config === undefined ? {} : { config }),
  };
}

function readConfig(body: JsonObject, checker: Checker): JsonObject | undefined {
  const value = field(body, 'config');
  if (value === undefined || value === null) {
    return undefined;
  }
  const config = asObject(value);
  if (config === undefined) {
    checker.fail(['body', 'config'], 'value is not a valid dict', 'type_error.dict');
    return undefined;
  }
  const type = checker.oneOf(config, 'type', ['cloud', 'self_hosted'], {
    required: true,
    at: ['body', 'config'],
  });
  return type === 'self_hosted' ? { type } : cloudConfig(config, checker);
}

function cloudConfig(config: JsonObject, checker: Checker): JsonObject {
  const networking = asObject(field(config, 'networking')) ?? { type: 'unrestricted' };
  const at = ['body', 'config', 'networking'];
  const kind = checker.oneOf(networking, 'type', ['unrestricted', 'limited'], { required: true, at });
  const packages = asObject(field(config, 'packages')) ?? {};
  return {
    type: 'cloud',
    networking:
      kind === 'limited'
        ? {
            type: kind,
            allowed_hosts: field(networking, 'allowed_hosts') ?? [],
            allow_mcp_servers: field(networking, 'allow_mcp_servers') === true,
            allow_package_managers: field(networking, 'allow_package_managers') === true,
          }
        : { type: 'unrestricted' },
    packages: {
      type: 'packages',
      ...Object.fromEntries(packageManagers.map((manager) => [manager, field(packages, manager) ?? []])),
    },
  };
}
