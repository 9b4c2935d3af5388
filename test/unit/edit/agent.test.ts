import assert from 'node:assert/strict';
import {
  readServers,
  serverNameProblem,
  serverUrlProblem,
  withoutServer,
  withServer,
} from '../../../src/edit/mcpServers.ts';
import { suggestedModels, withModel } from '../../../src/edit/models.ts';
import { rebase } from '../../../src/edit/rebase.ts';
import {
  customTools,
  parseCustomTools,
  readTools,
  toolMode,
  toolsetMode,
  withCustomTools,
  withToolMode,
  withToolset,
} from '../../../src/edit/tools.ts';
import { plainL10n } from '../../../src/l10n.ts';
import type { JsonObject } from '../../../src/util/json.ts';

const custom: JsonObject = {
  type: 'custom',
  name: 'look',
  description: 'Looks.',
  input_schema: { type: 'object' },
};

describe('the tools of an agent', () => {
  it('are switched on, made to ask, and switched off, and nothing else is touched', () => {
    const mcp: JsonObject = { type: 'mcp_toolset', mcp_server_name: 'docs' };
    const on = withToolset([mcp, custom], 'allow');
    assert.equal(toolsetMode(on), 'allow');
    const asking = withToolset(on, 'ask');
    assert.equal(toolsetMode(asking), 'ask');
    assert.deepEqual(withToolset(asking, 'off'), [mcp, custom]);
  });

  it('can differ for a single one, and go back to being like the others', () => {
    const tools = withToolMode(withToolset([], 'allow'), 'bash', 'ask');
    assert.equal(toolMode(tools, 'bash'), 'ask');
    assert.equal(toolMode(tools, 'read'), undefined);
    const off = withToolMode(tools, 'bash', 'off');
    assert.equal(toolMode(off, 'bash'), 'off');
    assert.equal(toolMode(withToolMode(off, 'bash', undefined), 'bash'), undefined);
  });

  it('keep fields and rules that this version does not know', () => {
    const tools: JsonObject[] = [
      {
        type: 'agent_toolset_20260401',
        default_config: { enabled: true, permission_policy: { type: 'auto' } },
        configs: [{ name: 'web_search', allowed_domains: ['example.com'] }],
      },
    ];
    assert.equal(toolsetMode(tools), 'other');
    const [set] = withToolMode(tools, 'web_search', 'ask');
    assert.deepEqual(set?.['configs'], [
      {
        name: 'web_search',
        allowed_domains: ['example.com'],
        enabled: true,
        permission_policy: { type: 'always_ask' },
      },
    ]);
    assert.deepEqual(set['default_config'], tools[0]?.['default_config']);
  });

  it('are read from JSON with the reason where they cannot be', () => {
    const problems = [
      '{',
      '{}',
      '[7]',
      '[{"name":"x"}]',
      `[${JSON.stringify({ ...custom, name: 'n'.repeat(129) })}]`,
    ];
    for (const text of problems) {
      assert.equal(typeof parseCustomTools(text, plainL10n), 'string', text);
    }
    const parsed = parseCustomTools(JSON.stringify([custom]), plainL10n);
    assert.ok(typeof parsed !== 'string');
    assert.deepEqual(customTools(withCustomTools(withToolset([custom], 'ask'), parsed)), [custom]);
    assert.equal(readTools({ tools: ['noise', custom] }).length, 1);
  });
});

describe('the MCP servers of an agent', () => {
  it('come and go with their tools', () => {
    const agent = withServer({ tools: [custom] }, 'docs', 'https://mcp.example.com');
    assert.deepEqual(agent['mcp_servers'], [{ type: 'url', name: 'docs', url: 'https://mcp.example.com' }]);
    assert.deepEqual(agent['tools'], [custom, { type: 'mcp_toolset', mcp_server_name: 'docs' }]);
    const without = withoutServer(agent, 'docs');
    assert.deepEqual([readServers(without), without['tools']], [[], [custom]]);
    assert.match(serverNameProblem('docs', agent, plainL10n) ?? '', /already/);
  });

  it('have an https address without credentials', () => {
    assert.equal(serverUrlProblem('https://mcp.example.com/mcp', plainL10n), undefined);
    for (const text of [
      '',
      'mcp',
      'http://mcp.example.com',
      'javascript:1',
      'https://me:pw@mcp.example.com',
    ]) {
      assert.ok(serverUrlProblem(text, plainL10n) !== undefined, text);
    }
  });
});

describe('the model of an agent', () => {
  it('is suggested by use first, known ones after, none twice', () => {
    const models = suggestedModels(['b', 'claude-opus-5-5', 'b', undefined]);
    assert.deepEqual(models.slice(0, 2), ['b', 'claude-opus-5-5']);
    assert.equal(new Set(models).size, models.length);
    assert.ok(models.includes('claude-haiku-5-5'));
  });

  it('keeps its effort when only the id changes', () => {
    assert.deepEqual(withModel({ model: { id: 'a', effort: { type: 'low' } } }, 'b')['model'], {
      id: 'b',
      effort: { type: 'low' },
    });
    assert.equal(withModel({ model: 'a' }, 'b')['model'], 'b');
  });
});

describe('changes on top of what others changed', () => {
  const base: JsonObject = { name: 'n', system: 's', metadata: { a: '1', b: '2' } };

  it('keep both sides where they touch different things', () => {
    const rebased = rebase(
      base,
      { ...base, name: 'mine', metadata: { a: '1', c: '3' } },
      { ...base, system: 'theirs', metadata: { a: '9', b: '2' } },
    );
    assert.deepEqual(rebased, {
      object: { name: 'mine', system: 'theirs', metadata: { a: '9', c: '3' } },
      both: [],
    });
  });

  it('name the fields that both changed, and keep one’s own there', () => {
    const { object, both } = rebase(base, { ...base, system: 'mine' }, { ...base, system: 'theirs' });
    assert.equal(object['system'], 'mine');
    assert.deepEqual(both, ['system']);
    assert.deepEqual(rebase(base, { ...base, system: 'same' }, { ...base, system: 'same' }).both, []);
  });
});
