import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileName } from '../../../src/documents/documentPlace.ts';
import { asObject, field, type JsonObject, type JsonValue } from '../../../src/util/json.ts';
import { schemaFaults } from '../../support/jsonSchema.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const read = (name: string) =>
  JSON.parse(readFileSync(path.join(root, 'media/schemas', `${name}.json`), 'utf8')) as JsonObject;
const agent = read('agent');
const environment = read('environment');
const many = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, i) => make(i));
const pairs = (count: number, value = 'x') => Object.fromEntries(many(count, (i) => [`key${i}`, value]));
const agentWith = (fields: JsonObject) => schemaFaults(agent, { name: 'A', model: 'm', ...fields });
const environmentWith = (fields: JsonObject) => schemaFaults(environment, { name: 'E', ...fields });

describe('the schemas', () => {
  it('are named in the manifest by the endings of the files, and ship', () => {
    const manifest = asObject(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')));
    assert.deepEqual(field(asObject(field(manifest, 'contributes')), 'jsonValidation'), [
      { fileMatch: `*${fileName('agent', 'x').slice(1)}`, url: './media/schemas/agent.json' },
      { fileMatch: `*${fileName('environment', 'x').slice(1)}`, url: './media/schemas/environment.json' },
    ]);
    assert.match(readFileSync(path.join(root, '.vscodeignore'), 'utf8'), /^!media\/schemas\/\*\.json$/m);
  });
});

describe('the schema of an agent', () => {
  it('takes what servers give out', () => {
    const examples: readonly JsonObject[] = [
      {},
      { model: { id: 'gpt-5.4-mini:codex' }, description: null, system: null, tools: [], skills: [] },
      { model: { id: 'm', effort: { type: 'high' }, speed: 'fast', inference_geo: 'eu' } },
      {
        model: { id: 'm', effort: 'low' },
        multiagent: null,
        execution_identity: { type: 'service_account' },
      },
      {
        tools: [
          {
            type: 'agent_toolset_20260401',
            default_config: { enabled: true, permission_policy: { type: 'always_allow' } },
            configs: [
              { name: 'web_fetch', type: 'web_fetch', enabled: false, allowed_domains: ['a.example'] },
            ],
          },
          { type: 'mcp_toolset', mcp_server_name: 'tickets', configs: [{ name: 'close', enabled: true }] },
          { type: 'custom', name: 'ask', description: 'Asks', input_schema: { type: 'object' } },
        ],
        mcp_servers: [{ type: 'url', name: 'tickets', url: 'https://mcp.example' }],
        skills: [
          { type: 'anthropic', skill_id: 'pdf', version: 'latest' },
          { type: 'custom', skill_id: 's' },
        ],
        multiagent: { type: 'coordinator', agents: ['agent_1', { type: 'self' }] },
        metadata: pairs(16, 'x'.repeat(512)),
      },
    ];
    for (const example of examples) {
      assert.deepEqual(agentWith(example), []);
    }
  });

  it('lets everything pass that it does not know', () => {
    const unknown: readonly JsonObject[] = [
      { x_future: { deep: [1] } },
      { tools: [{ type: 'toolset_of_2030', whatever: 1 }] },
      { tools: [{ type: 'agent_toolset_20260401', configs: [{ name: 'new_tool', level: 3 }] }] },
      { multiagent: { type: 'swarm_2030' } },
      { execution_identity: { type: 'robot' }, model: { id: 'm', warmth: 3 } },
    ];
    for (const example of unknown) {
      assert.deepEqual(agentWith(example), []);
    }
  });

  const wrong: readonly (readonly [string, JsonObject, RegExp])[] = [
    ['a name of nothing', { name: '' }, /^\/name: minLength/],
    ['a name of 257 characters', { name: 'x'.repeat(257) }, /^\/name: maxLength/],
    ['a description of 2,049', { description: 'x'.repeat(2_049) }, /^\/description: maxLength/],
    ['a system prompt of 100,001', { system: 'x'.repeat(100_001) }, /^\/system: maxLength/],
    ['a model that is a number', { model: 7 }, /^\/model: anyOf/],
    ['an effort that is none', { model: { id: 'm', effort: 'huge' } }, /^\/model: anyOf/],
    ['17 pairs of metadata', { metadata: pairs(17) }, /^\/metadata: maxProperties/],
    ['a name of metadata of 65', { metadata: { ['k'.repeat(65)]: 'x' } }, /^\/metadata\/k+: maxLength/],
    ['a text of metadata of 513', { metadata: { a: 'x'.repeat(513) } }, /^\/metadata\/a: maxLength/],
    ['metadata that is no text', { metadata: { a: 1 } }, /^\/metadata\/a: type/],
    [
      '21 MCP servers',
      { mcp_servers: many(21, (i) => ({ type: 'url', name: `${i}`, url: 'u' })) },
      /maxItems/,
    ],
    ['21 skills', { skills: many(21, () => ({ type: 'custom', skill_id: 's' })) }, /^\/skills: maxItems/],
    ['257 tools', { tools: many(257, () => ({ type: 'agent_toolset_20260401' })) }, /^\/tools: maxItems/],
    ['an MCP toolset of no server', { tools: [{ type: 'mcp_toolset' }] }, /^\/tools\/0: required/],
    [
      'a tool of its own without input',
      { tools: [{ type: 'custom', name: 'a', description: 'b' }] },
      /required/,
    ],
    [
      'a tool of its own with a name of 129',
      { tools: [{ type: 'custom', name: 'x'.repeat(129), description: 'b', input_schema: {} }] },
      /^\/tools\/0\/name: maxLength/,
    ],
    ['a coordinator of nobody', { multiagent: { type: 'coordinator', agents: [] } }, /^\/multiagent: anyOf/],
    [
      'a role without its name',
      { execution_identity: { type: 'aws_role' } },
      /^\/execution_identity: required/,
    ],
  ];
  for (const [what, fields, fault] of wrong) {
    it(`complains about ${what}`, () => {
      const faults = agentWith(fields);
      assert.equal(faults.length, 1, faults.join(', '));
      assert.match(faults[0] ?? '', fault);
    });
  }

  it('wants a name and a model', () => {
    const empty: JsonValue = {};
    assert.deepEqual(schemaFaults(agent, empty), [': required']);
  });
});

describe('the schema of an environment', () => {
  it('takes what servers give out, and what it does not know', () => {
    const examples: readonly JsonObject[] = [
      {},
      { config: { type: 'self_hosted' }, scope: 'account', metadata: {} },
      { config: { type: 'moon_base', gravity: 0.16 }, x_future: 1 },
      {
        config: {
          type: 'cloud',
          networking: {
            type: 'limited',
            allowed_hosts: ['a.example', '*.b.example'],
            allow_mcp_servers: false,
            allow_package_managers: true,
          },
          packages: {
            type: 'packages',
            apt: ['jq'],
            cargo: [],
            gem: [],
            go: [],
            npm: ['left-pad@1'],
            pip: [],
          },
        },
      },
    ];
    for (const example of examples) {
      assert.deepEqual(environmentWith(example), []);
    }
  });

  it('complains about its limits', () => {
    const networking = { type: 'limited', allowed_hosts: ['https://a.example/x'] };
    assert.deepEqual(environmentWith({ name: 'x'.repeat(257) }), ['/name: maxLength']);
    assert.deepEqual(environmentWith({ description: 'x'.repeat(2_049) }), ['/description: maxLength']);
    assert.deepEqual(environmentWith({ metadata: pairs(17) }), ['/metadata: maxProperties']);
    assert.deepEqual(environmentWith({ config: {} }), ['/config: required']);
    assert.deepEqual(environmentWith({ config: { type: 'cloud', networking } }), [
      '/config/networking/allowed_hosts/0: pattern',
    ]);
    assert.deepEqual(environmentWith({ config: { type: 'cloud', packages: { npm: 'jq' } } }), [
      '/config/packages/npm: type',
    ]);
    assert.deepEqual(schemaFaults(environment, {}), [': required']);
  });
});
