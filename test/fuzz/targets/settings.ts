import type { JsonValue } from '../../../src/util/json.ts';
import {
  entryOf,
  withChangedEntry,
  withEntry,
  withoutEntry,
} from '../../../src/vscode/services/connectionEntries.ts';
import { readConnections } from '../../../src/vscode/services/connectionSetting.ts';
import { mutate, pick, type Random } from '../mutate.ts';
import { assertWarranted, type FuzzTarget, type Work } from '../target.ts';

const PER_ROUND = 20;

const written: JsonValue = [
  {
    name: 'Staging',
    baseUrl: 'https://api.example.com/v1',
    auth: 'bearer',
    version: '2023-06-01',
    betas: ['a-1'],
  },
  { name: 'Local', baseUrl: 'http://127.0.0.1:4100', auth: 'x-api-key', readOnly: true },
];
const addresses = [
  'https://api.usesynth.ai@evil.example',
  'http://2130706433',
  'http://0x7f.1/',
  'http://localhost.',
  'https:/host',
  'https://a\\b',
  'https://xn--80ak6aa92e.com/',
  'http://[::ffff:127.0.0.1]/',
  'https://a.example/%2e%2e/x',
];

/** What stands in the settings for connections. */
export const settings: FuzzTarget = { name: 'settings', perRound: PER_ROUND, share: 5, round };

function round(random: Random): Work {
  let size = 0;
  let made = 0;
  for (let left = PER_ROUND; left > 0; left--) {
    const start = random() < 0.3 ? [{ name: 'Odd', baseUrl: pick(random, addresses) }] : written;
    const value = mutate(random, start);
    size += JSON.stringify(value).length;
    const { connections, problems } = readConnections(value);
    made += connections.length + problems.length;
    const entries = Array.isArray(value) ? value.length : 1;
    assertWarranted('connections and problems', connections.length + problems.length, entries, 1, 1);
    for (const connection of connections) {
      if (!/^(?:https:\/\/|http:\/\/(?:localhost|127\.[\d.]+|\[::1\])(?::\d+)?$)/.test(connection.origin)) {
        throw new Error(`A key would go to ${connection.origin}`);
      }
      const entry = entryOf(value, connection);
      withEntry(value, entry);
      withChangedEntry(value, connection.name, entry);
      withoutEntry(value, connection.name);
    }
  }
  return { inputs: PER_ROUND, size, made };
}
