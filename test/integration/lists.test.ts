import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { plainState } from '../../src/browse/browseState.ts';
import { noFilter } from '../../src/browse/sessionFilter.ts';
import { commands, settings, views } from '../../src/vscode/ids.ts';
import type { Parts } from '../../src/vscode/parts.ts';
import type { TreeNode } from '../../src/vscode/tree/treeNode.ts';
import { eventually } from '../support/eventually.ts';
import { type Answer, CountingServer } from './countingServer.ts';
import { theParts } from './support.ts';

const all = Array.from({ length: 120 }, (_, index) => ({
  id: `session_${index}`,
  title: `Session ${index}`,
  status: index % 10 === 0 ? 'running' : 'idle',
  agent: index < 60 ? 'agent_a' : 'agent_b',
}));

describe('lists of thousands', () => {
  let server: CountingServer;
  let parts: Parts;
  let refuses: readonly string[] = [];
  let failure: Answer | undefined;

  const explorer = () => parts.commandContext.explorer;
  const browse = () => explorer().lists.scope.browse;
  const root = async (): Promise<TreeNode> => {
    const [sessions] = await explorer().getChildren();
    assert.ok(sessions);
    return sessions;
  };
  const rows = async (node?: TreeNode) => await explorer().getChildren(node ?? (await root()));
  const labels = async (node?: TreeNode) =>
    (await rows(node)).map((row) => {
      const { label } = row.toTreeItem();
      return typeof label === 'string' ? label : '';
    });
  const lists = () =>
    server.requests
      .filter((request) => request.startsWith('GET /sessions?'))
      .map((request) => decodeURIComponent(request));

  before(async () => {
    parts = await theParts();
    server = new CountingServer();
    const baseUrl = await server.start();
    await vscode.workspace
      .getConfiguration()
      .update(settings.connections, [{ name: 'Thousands', baseUrl }], vscode.ConfigurationTarget.Global);
    const { registry, keyStore } = parts.commandContext;
    const connection = await eventually(() => registry.byId('custom:Thousands') ?? false);
    registry.choose(connection.id);
    keyStore.keepForWindow(connection, 'in-host-key-0123456789');
    server.answer = (url) => answer(url);
  });

  function answer(url: URL): Answer {
    if (failure !== undefined) {
      return failure;
    }
    const one = /\/sessions\/(\w+)$/.exec(url.pathname);
    if (one !== null) {
      const found = all.find(({ id }) => id === one[1]);
      return found === undefined ? { status: 404, body: { detail: 'Not found' } } : { body: found };
    }
    if (!url.pathname.endsWith('/sessions')) {
      return { body: { data: [] } };
    }
    const refused = refuses.find((name) => url.searchParams.has(name));
    if (refused !== undefined) {
      return {
        status: 422,
        body: { detail: [{ loc: ['query', refused], msg: 'not permitted', type: 'x' }] },
      };
    }
    const agent = url.searchParams.get('agent_id');
    const fitting = all.filter((each) => agent === null || each.agent === agent);
    const start = Number(url.searchParams.get('page') ?? 0);
    const end = start + Number(url.searchParams.get('limit'));
    return {
      body: { data: fitting.slice(start, end), next_page: end < fitting.length ? String(end) : null },
    };
  }

  after(async () => {
    browse().change(plainState);
    parts.commandContext.registry.choose('synth');
    await vscode.workspace
      .getConfiguration()
      .update(settings.connections, undefined, vscode.ConfigurationTarget.Global);
    await server.close();
  });

  beforeEach(async () => {
    failure = undefined;
    refuses = [];
    browse().change(plainState);
    await rows();
    await vscode.commands.executeCommand(commands.refresh);
    server.requests.length = 0;
  });

  it('lets the server filter where it does, and says so', async () => {
    browse().change({ sessions: { ...noFilter, agent: { id: 'agent_b', name: 'B' } } });
    assert.equal((await labels())[0], 'Session 60');
    assert.deepEqual(lists(), ['GET /sessions?limit=50&agent_id=agent_b']);
    assert.match(explorer().message, /^Filter: agent “B”\. Filtered by the server\./);
  });

  it('filters here what the server refuses, remembers that, and reads on', async () => {
    refuses = ['statuses[]'];
    browse().change({ sessions: { ...noFilter, statuses: ['running'] } });
    assert.deepEqual((await labels()).slice(0, 2), ['Session 0', 'Session 10']);
    assert.deepEqual(lists(), ['GET /sessions?limit=50&statuses[]=running', 'GET /sessions?limit=50']);
    assert.match(explorer().message, /Filtered here, among those read\./);
    assert.equal((await root()).toTreeItem().description, '5 of 50+');
    server.requests.length = 0;
    const more = (await rows()).at(-1);
    await Promise.all([
      vscode.commands.executeCommand(commands.loadMore, more),
      vscode.commands.executeCommand(commands.loadMore, more),
    ]);
    assert.deepEqual(lists(), ['GET /sessions?limit=50&page=50']);
    assert.equal((await root()).toTreeItem().description, '10 of 100+');
    await vscode.commands.executeCommand(commands.refresh);
    assert.deepEqual(lists().slice(1), ['GET /sessions?limit=50'], 'what was refused is not sent again');
  });

  it('tells nothing found so far from nothing there', async () => {
    browse().change({ sessions: { ...noFilter, statuses: ['terminated'] } });
    assert.deepEqual(await labels(), ['None of the 50 read so far; read more', 'Load more']);
    const [none] = await rows();
    await vscode.commands.executeCommand(commands.loadMore, none);
    await vscode.commands.executeCommand(commands.loadMore, none);
    assert.deepEqual(await labels(), ['No session passes the filter. Clear the filter']);
    await vscode.commands.executeCommand(commands.clearFilters);
    assert.equal((await labels()).length, 51);
    assert.doesNotMatch(explorer().message, /Filter/);
  });

  it('groups what was read, with counts and ids that stay', async () => {
    browse().change({ groupBy: 'status', sortBy: 'title' });
    const groups = await rows();
    assert.deepEqual(
      groups.map((row) => [row.toTreeItem().label, row.toTreeItem().description]),
      [
        ['Running', '5'],
        ['Idle', '45'],
        ['Load more', undefined],
      ],
    );
    const [running] = groups;
    assert.ok(running);
    assert.deepEqual((await labels(running)).slice(0, 2), ['Session 0', 'Session 10']);
    const [row] = await rows(running);
    assert.equal(row && parts.view.getParent(row), running);
    await vscode.commands.executeCommand(commands.refresh);
    assert.deepEqual(
      (await rows()).map(({ id }) => id),
      groups.map(({ id }) => id),
    );
    assert.equal((await rows(running))[0], row);
    assert.match(explorer().message, /Grouped by status and sorted by title, those read so far\./);
  });

  it('keeps pinned sessions on top, reads those that are further down, and drops those that are gone', async () => {
    const [first] = await rows();
    await vscode.commands.executeCommand(commands.pinSession, first);
    browse().change({ pins: ['session_110', 'session_gone', ...browse().state.pins] });
    await rows();
    await eventually(async () => {
      const [note] = await labels();
      return note === 'Unpinned, since they no longer exist: 1';
    });
    const [, group, next] = await rows();
    assert.ok(group);
    assert.deepEqual(await labels(group), ['Session 110', 'Session 0']);
    assert.equal(next?.toTreeItem().label, 'Session 1', 'a pinned session stands in one place');
    assert.deepEqual(
      server.requests.filter((request) => /^GET \/sessions\/\w+$/.test(request)),
      ['GET /sessions/session_110', 'GET /sessions/session_gone'],
    );
    const [pinned] = await rows(group);
    assert.match(pinned?.toTreeItem().contextValue ?? '', /\bpinned\b/);
    await vscode.commands.executeCommand(commands.unpinSession, pinned);
    assert.deepEqual(browse().state.pins, ['session_0']);
  });

  for (const [what, bad] of [
    ['422', { status: 422, body: { detail: [{ loc: ['query', 'limit'], msg: 'too many', type: 'x' }] } }],
    ['404', { status: 404, body: { detail: 'Not Found' } }],
    ['501', { status: 501, body: { error: { type: 'unsupported_feature', message: 'not here' } } }],
    ['something that is no list', { body: '<!doctype html><p>Sign in</p>' }],
  ] as const) {
    it(`keeps what is there, groups included, when a refresh is answered with ${what}`, async () => {
      browse().change({ groupBy: 'status' });
      await rows();
      failure = bad;
      await vscode.commands.executeCommand(commands.refresh);
      const [error, ...rest] = await rows();
      assert.match(error?.toTreeItem().contextValue ?? '', /\bretryable\b/);
      assert.deepEqual(
        rest.map((row) => row.toTreeItem().label),
        ['Running', 'Idle', 'Load more'],
      );
    });
  }

  it('does not take a refusal of everything for a refusal of the filter', async () => {
    failure = { status: 422, body: { detail: 'no' } };
    browse().change({ sessions: { ...noFilter, span: 'week' } });
    const [error] = await rows();
    assert.match(error?.toTreeItem().contextValue ?? '', /\bretryable\b/);
    failure = undefined;
    server.requests.length = 0;
    await vscode.commands.executeCommand(commands.retry, error);
    assert.match(lists()[0] ?? '', /created_at\[gte\]=/);
  });
});

describe('a sandbox with 500 agents and 5,000 sessions', () => {
  let parts: Parts;

  before(async function () {
    this.timeout(120_000);
    parts = await theParts();
    await vscode.commands.executeCommand(commands.stopSandbox);
    await vscode.commands.executeCommand(commands.startSandbox, { seedSessions: 5_000, seedAgents: 500 });
    await vscode.commands.executeCommand(`${views.explorer}.focus`);
  });
  after(async () => {
    await vscode.commands.executeCommand(commands.clearFilters);
    await vscode.commands.executeCommand(commands.stopSandbox);
  });

  it('shows a page of sessions, and says that there are more', async function () {
    const { explorer, registry, clientPool } = parts.commandContext;
    const client = clientPool.for(registry.active);
    const measured: { readonly bare: number; readonly shown: number }[] = [];
    await client.listSessions({ limit: 50 }); // the first request pays for loading the transport
    for (let round = 0; round < 15; round++) {
      const { pager } = explorer.lists.sessions;
      const begin = performance.now();
      await client.listSessions({ limit: 50 });
      const bare = performance.now() - begin;
      pager.reset();
      const middle = performance.now();
      const rows = await explorer.getChildren(explorer.lists.sessions);
      const items = rows.map((row) => row.toTreeItem());
      const shown = performance.now() - middle;
      assert.equal(items.length, 51);
      measured.push({ bare, shown });
    }
    // For people, who compare: nothing is asserted of a time.
    if (this.test !== undefined) {
      const median = (times: readonly number[]) => times.toSorted((a, b) => a - b)[7]?.toFixed(1) ?? '';
      const bare = median(measured.map((each) => each.bare));
      const shown = median(measured.map((each) => each.shown));
      this.test.title += ` (medians: a bare list request ${bare} ms, the rows of a first page ${shown} ms)`;
    }
    assert.equal(explorer.lists.sessions.toTreeItem().description, '50+');
    const agents = await explorer.getChildren(explorer.lists.agents);
    assert.equal(agents.length, 51);
  });

  it('lets the server filter by agent and status', async () => {
    const { explorer } = parts.commandContext;
    const { browse } = explorer.lists.scope;
    const [agent] = explorer.lists.agents.pager.items;
    assert.ok(agent);
    browse.change({ sessions: { ...noFilter, agent: { id: agent.id, name: agent.name }, span: 'month' } });
    const rows = await explorer.getChildren(explorer.lists.sessions);
    assert.equal(rows.length, 10, 'every 500th session is this agent’s');
    await explorer.getChildren(); // what stands above the rows is known once the roots were asked for
    assert.match(explorer.message, /Filtered by the server\./);
  });
});
