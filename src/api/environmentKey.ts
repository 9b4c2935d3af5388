import { type Connection, presets } from './connection.ts';

/** The variable of the environment in which people keep their key for a kind of server. */
export type KeyVariable = 'SYNTH_API_KEY' | 'ANTHROPIC_API_KEY';

/** The variable whose key belongs to a connection's address, or undefined where none does: only presets have one. */
export function keyVariableOf({ origin }: Pick<Connection, 'origin'>): KeyVariable | undefined {
  const preset = presets.find((each) => each.origin === origin);
  if (preset === undefined) {
    return undefined;
  }
  return preset.id === 'anthropic' ? 'ANTHROPIC_API_KEY' : 'SYNTH_API_KEY';
}

/** A key that the environment holds. */
export interface EnvironmentKey {
  readonly variable: KeyVariable;
  readonly key: string;
  /** Whether the key is meant for the connection's address. Any other takes an explicit yes. */
  readonly belongs: boolean;
}

/**
 * The key of the environment that could be meant for a connection. It is only ever offered, by its name. A server
 * that is neither Synth's nor Anthropic's is taken for one that speaks Synth's dialect.
 */
export function environmentKeyOf(
  connection: Pick<Connection, 'origin'>,
  environment: Readonly<Record<string, string | undefined>>,
): EnvironmentKey | undefined {
  const own = keyVariableOf(connection);
  const variable = own ?? 'SYNTH_API_KEY';
  const key = environment[variable]?.trim() ?? '';
  return key === '' ? undefined : { variable, key, belongs: own !== undefined };
}
