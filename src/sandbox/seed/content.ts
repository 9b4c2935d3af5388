import type { JsonObject } from '../../util/json.ts';
import type { AgentSnapshot } from '../records.ts';

// What seeded records say. Invented, and meant to look like a team's ordinary work.

type AgentContent = Pick<AgentSnapshot, 'name' | 'description' | 'model' | 'system' | 'tools' | 'metadata'>;

const allow = { type: 'always_allow' };
const ask = { type: 'always_ask' };

export const agents: readonly [AgentContent, AgentContent, AgentContent] = [
  {
    name: 'Code reviewer',
    description: 'Reads a change, runs its tests and writes a review.',
    model: { id: 'claude-sonnet-4-6' },
    system:
      'You review changes to a TypeScript service. Read before you judge, run the tests, and name the file and line of every remark. Be brief and kind.',
    tools: [toolset([])],
    metadata: { team: 'platform' },
  },
  {
    name: 'Release engineer',
    description: 'Prepares releases. Asks before anything leaves the machine.',
    model: { id: 'claude-opus-4-8', effort: { type: 'high' } },
    system:
      'You prepare releases. Never publish, push or delete anything without approval. Keep the change log in plain English.',
    tools: [
      toolset([{ name: 'bash', type: 'bash', enabled: true, permission_policy: ask }]),
      {
        type: 'custom',
        name: 'lookup_order',
        description: 'Looks up an order in the shop that only the client can reach.',
        input_schema: {
          type: 'object',
          properties: { order_id: { type: 'string' }, fields: { type: 'array', items: { type: 'string' } } },
          required: ['order_id'],
        },
      },
    ],
    metadata: { team: 'release', tier: 'production' },
  },
  {
    name: 'Docs writer',
    description: 'Keeps the documentation true to the code.',
    model: { id: 'claude-haiku-4-5' },
    system: 'You keep documentation true. Check every example by running it. Prefer short sentences.',
    tools: [toolset([{ name: 'web_search', type: 'web_search', enabled: false, permission_policy: allow }])],
    metadata: { team: 'docs' },
  },
];

function toolset(configs: JsonObject[]): JsonObject {
  return {
    type: 'agent_toolset_20260401',
    default_config: { enabled: true, permission_policy: allow },
    configs,
  };
}

export const environments = [
  {
    name: 'node-24',
    description: 'Node 24 with the network open.',
    config: {
      type: 'cloud',
      networking: { type: 'unrestricted' },
      packages: { npm: ['typescript', 'mocha'] },
    },
  },
  {
    name: 'python-locked-down',
    description: 'Python with two hosts reachable.',
    config: {
      type: 'cloud',
      networking: {
        type: 'limited',
        allowed_hosts: ['pypi.org', 'files.pythonhosted.org'],
        allow_package_managers: true,
      },
      packages: { apt: ['ripgrep'], pip: ['pytest', 'ruff'] },
    },
  },
] as const;

/** One kind of task; `{service}` is filled in for each session. */
export interface Topic {
  readonly title: string;
  readonly question: string;
  readonly tool: { readonly name: string; readonly input: JsonObject; readonly result: string };
  readonly answer: string;
}

export const topics: readonly Topic[] = [
  {
    title: 'Fix the flaky timeout test in {service}',
    question: 'The timeout test of {service} fails about once in twenty runs. Can you find out why?',
    tool: {
      name: 'bash',
      input: { command: 'npm test -- --grep timeout --repeat 50' },
      result: '48 passing\n2 failing\n\n  AssertionError: expected 1003 to be below 1000',
    },
    answer:
      '## Cause\n\nThe test compares **wall-clock time** with the limit. On a busy machine the timer fires a few milliseconds late.\n\n- Use the fake clock of the test helpers.\n- Assert the *order* of events, not their duration.',
  },
  {
    title: 'Review the cache change in {service}',
    question: 'Please review the last commit of {service}. It adds a cache.',
    tool: {
      name: 'read',
      input: { file_path: '/workspace/src/cache.ts', view_range: [1, 20] },
      result:
        '1  export class Cache {\n2    private readonly entries = new Map<string, Entry>();\n3    // never removes anything',
    },
    answer:
      'One remark that must be settled:\n\n1. `src/cache.ts:2` grows without bound. A limit of 1,000 entries would do.\n\nThe rest reads well.',
  },
  {
    title: 'Upgrade the HTTP client of {service}',
    question: 'Upgrade the HTTP client of {service} and tell me what breaks.',
    tool: {
      name: 'edit',
      input: {
        file_path: '/workspace/package.json',
        old_string: '"undici": "7.2.0"',
        new_string: '"undici": "8.1.0"',
      },
      result: 'The file /workspace/package.json has been updated.',
    },
    answer:
      'The upgrade builds. **Two calls** had to change:\n\n| File | Change |\n| --- | --- |\n| `src/fetch.ts` | `throwOnError` is gone |\n| `src/pool.ts` | option renamed |',
  },
  {
    title: 'Explain the memory growth of {service}',
    question: 'Memory of {service} grows by 20 MB an hour. Where does it go?',
    tool: {
      name: 'grep',
      input: { pattern: 'addEventListener|\\.on\\(', path: 'src' },
      result: "src/stream.ts:31: socket.on('data', handler)\nsrc/stream.ts:58: socket.on('data', handler)",
    },
    answer:
      'Every reconnect adds a listener and none is removed:\n\n```ts\nsocket.on("data", handler); // line 58, once per reconnect\n```\n\nRemoving the old one first keeps memory flat.',
  },
  {
    title: 'Write the getting-started page of {service}',
    question: 'New colleagues get lost in {service}. Write a short getting-started page.',
    tool: {
      name: 'write',
      input: {
        file_path: '/workspace/docs/start.md',
        content: '# Getting started\n\n1. Install\n2. Run the tests\n3. Make a change\n',
      },
      result: 'The file /workspace/docs/start.md has been created.',
    },
    answer: 'I wrote `docs/start.md`: three steps, each one tried out in a fresh checkout.',
  },
  {
    title: 'Find the slow query in {service}',
    question: 'The list page of {service} takes four seconds. Which query is it?',
    tool: {
      name: 'bash',
      input: { command: 'psql -c "explain analyze select * from orders where state = \'open\'"' },
      result: 'Seq Scan on orders (actual time=0.02..3811.44 rows=1204 loops=1)',
    },
    answer: 'It is the scan over `orders`. An index on `state` brings it from **3.8 s to 6 ms**.',
  },
];

export const services = [
  'billing-api',
  'web-shop',
  'search-index',
  'mail-gateway',
  'auth-proxy',
  'image-resizer',
  'report-builder',
] as const;

/** The call that the seeded waiting session asks about. */
export const publishCall = {
  name: 'bash',
  input: { command: 'npm publish --access public' },
  result: '+ web-shop@2.4.0',
  ask: true,
} as const;
