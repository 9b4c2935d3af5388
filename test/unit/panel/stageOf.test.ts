import assert from 'node:assert/strict';
import { type Connection, presets, sandboxConnection } from '../../../src/api/connection.ts';
import type { Stage } from '../../../src/protocol/headerMessages.ts';
import { stageOf } from '../../../src/vscode/panel/stageOf.ts';

const [synth] = presets;
assert.ok(synth !== undefined);
const own = (name: string, origin: string): Connection => ({ ...synth, id: 'own', name, origin });

const cases: readonly (readonly [connection: Connection, stage: Stage])[] = [
  [sandboxConnection('http://127.0.0.1:4100'), 'sandbox'],
  [own('Mine', 'http://localhost:8080'), 'local'],
  [own('Production', 'http://127.0.0.1:1'), 'local'],
  [synth, 'production'],
  [own('Synth by another name', 'https://api.usesynth.ai'), 'production'],
  [own('Team (prod)', 'https://agents.example.com'), 'production'],
  [own('Staging', 'https://agents.example.com'), 'development'],
  [own('Team', 'https://agents-dev.example.com'), 'development'],
  [own('Team', 'https://test.example.com'), 'development'],
  // words are words, not parts of others
  [own('Contest device', 'https://latest.example.com'), 'other'],
  [own('Product team', 'https://agents.example.com'), 'other'],
];

describe('stageOf', () => {
  for (const [connection, stage] of cases) {
    it(`says ${stage} of ${connection.name} at ${connection.origin}`, () => {
      assert.equal(stageOf(connection), stage);
    });
  }

  it('knows the presets', () => {
    assert.deepEqual(
      presets.map((connection) => [connection.id, stageOf(connection)]),
      [
        ['synth', 'production'],
        ['synth-dev', 'development'],
        ['anthropic', 'production'],
      ],
    );
  });
});
