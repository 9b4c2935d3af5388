import assert from 'node:assert/strict';
import { presets } from '../../../src/api/connection.ts';
import { environmentKeyOf, keyVariableOf } from '../../../src/api/environmentKey.ts';

const environment = { SYNTH_API_KEY: ' synth-key ', ANTHROPIC_API_KEY: 'anthropic-key' };

describe('the key of the environment', () => {
  it('belongs to the presets it is meant for, each to its own', () => {
    assert.deepEqual(
      presets.map((preset) => [preset.id, environmentKeyOf(preset, environment)]),
      [
        ['synth', { variable: 'SYNTH_API_KEY', key: 'synth-key', belongs: true }],
        ['synth-dev', { variable: 'SYNTH_API_KEY', key: 'synth-key', belongs: true }],
        ['anthropic', { variable: 'ANTHROPIC_API_KEY', key: 'anthropic-key', belongs: true }],
      ],
    );
  });

  it('belongs to no other address, however alike', () => {
    for (const origin of [
      'https://api.usesynth.ai.evil.example',
      'https://api.usesynth.ai:8443',
      'http://api.usesynth.ai',
      'https://eu.api.anthropic.com',
      'http://127.0.0.1:4100',
    ]) {
      assert.equal(keyVariableOf({ origin }), undefined, origin);
      assert.equal(environmentKeyOf({ origin }, environment)?.belongs, false, origin);
    }
  });

  it('is not there where the variable is missing or empty', () => {
    for (const value of [{}, { SYNTH_API_KEY: '' }, { SYNTH_API_KEY: '  ' }, { ANTHROPIC_API_KEY: 'x' }]) {
      assert.equal(environmentKeyOf({ origin: 'https://api.usesynth.ai' }, value), undefined);
    }
  });
});
