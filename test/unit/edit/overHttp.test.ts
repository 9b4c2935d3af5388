import assert from 'node:assert/strict';
import { ApiError } from '../../../src/api/errors.ts';
import { editablePart, updateBody } from '../../../src/documents/editable.ts';
import { budgetBody, budgetOf } from '../../../src/edit/budget.ts';
import { metadataPatch, readMetadata } from '../../../src/edit/metadata.ts';
import { withRepository, withFirstMessage } from '../../../src/edit/sessionBody.ts';
import { withServer } from '../../../src/edit/mcpServers.ts';
import { withToolset } from '../../../src/edit/tools.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/server.ts';
import { asText } from '../../../src/util/json.ts';
import { eventually } from '../../support/eventually.ts';
import { KEY, useServers } from '../api/apiSetup.ts';

describe('changing things over HTTP', () => {
  const servers = useServers();
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await startSandbox({ key: KEY, pace: { pieceMs: 0, stepMs: 0, secondMs: 0 } });
  });
  after(async () => {
    await sandbox.close();
  });
  const anthropic = () => servers.api(sandbox).client;
  const synth = () =>
    servers.api(sandbox, { connection: { prefix: '/api/managed-agents/anthropic/v1' } }).client;

  async function rejection(promise: Promise<unknown>): Promise<ApiError> {
    const error: unknown = await promise.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    assert.ok(ApiError.is(error), 'it was not refused');
    return error;
  }

  it('sends of an agent what differs, with its version as a lock', async () => {
    const client = anthropic();
    const agent = await client.createAgent({ name: 'a', model: 'm', metadata: { x: '1' } });
    const base = editablePart('agent', agent.raw);
    const edited = withServer(
      { ...base, description: 'd', tools: [...withToolset([], 'ask')] },
      'docs',
      'https://mcp.example.com',
    );
    const body = updateBody(base, edited);
    assert.deepEqual(Object.keys(body ?? {}).sort(), ['description', 'mcp_servers', 'tools']);
    const saved = await client.updateAgent(agent.id, { ...body, version: 1 });
    assert.equal(saved.version, '2');
    const late = await rejection(client.updateAgent(agent.id, { name: 'late', version: 1 }));
    assert.equal(late.reason, 'conflict');
    const versions = await client.listAgentVersions(agent.id);
    assert.deepEqual(
      versions.items.map(({ version }) => version),
      ['2', '1'],
    );
  });

  it('merges metadata in both dialects: what is not named stays', async () => {
    for (const client of [anthropic(), synth()]) {
      const made = await client.createEnvironment({ name: 'e', metadata: { keep: '1', drop: '2' } });
      const before = readMetadata(made.raw);
      await client.updateEnvironment(made.id, { metadata: { other: 'program' } });
      const metadata = metadataPatch(before, new Map([['keep', 'changed']]));
      assert.ok(metadata);
      const saved = await client.updateEnvironment(made.id, { metadata });
      assert.deepEqual(saved.raw['metadata'], { keep: 'changed', other: 'program' });
    }
  });

  it('says which field is at fault, in both dialects', async () => {
    const name = 'n'.repeat(257);
    const over = Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`k${index}`, 'v']));
    for (const client of [anthropic(), synth()]) {
      const agent = await client.createAgent({ name: 'a', model: 'm' });
      const long = await rejection(client.updateAgent(agent.id, { name }));
      assert.equal(long.reason, 'invalid');
      assert.match(JSON.stringify([long.details.fieldErrors, long.details.serverMessage]), /name/);
      const many = await rejection(client.updateAgent(agent.id, { metadata: over }));
      assert.match(JSON.stringify([many.details.fieldErrors, many.details.serverMessage]), /16 pairs/);
      assert.equal((await client.getAgent(agent.id)).name, 'a');
    }
  });

  it('creates a session with a first message, a repository and a budget, and raises it', async () => {
    const client = anthropic();
    const agent = await client.createAgent({ name: 'a', model: 'm' });
    const environment = await client.createEnvironment({ name: 'e' });
    const more = withRepository(withFirstMessage({ budget: budgetBody(500) }, 'hello'), {
      url: 'https://github.com/a/b',
      branch: '',
    });
    const session = await client.createSession({
      agent: agent.id,
      environment_id: environment.id,
      ...more,
    });
    assert.equal(budgetOf(session.raw), 500);
    const events = await client.listEvents(session.id);
    assert.ok(events.items.some(({ type }) => type === 'user.message'));
    const raised = await client.updateSession(session.id, { budget: budgetBody(1000) });
    assert.equal(budgetOf(raised.raw), 1000);
    const { items } = await client.listSessionThreads(session.id);
    assert.equal(items.length, 1);
    assert.ok((await client.listThreadEvents(session.id, asText(items[0]?.['id']) ?? '')).items.length > 0);
  });

  it('deletes where the server can, and refuses what is in use or at work', async () => {
    const client = anthropic();
    const agent = await client.createAgent({ name: 'a', model: 'm' });
    const environment = await client.createEnvironment({ name: 'e' });
    const session = await client.createSession({ agent: agent.id, environment_id: environment.id });
    assert.equal((await rejection(client.deleteEnvironment(environment.id))).reason, 'conflict');
    await eventually(async () => (await client.getSession(session.id)).status === 'idle');
    await client.deleteSession(session.id);
    assert.equal((await rejection(client.getSession(session.id))).reason, 'notFound');
    await client.deleteEnvironment(environment.id);
    assert.equal((await rejection(client.getEnvironment(environment.id))).reason, 'notFound');
    assert.equal((await rejection(client.listVaults())).reason, 'notFound');
  });

  it('finds no way to delete in Synth’s dialect, and the thing still there', async () => {
    const client = synth();
    const environment = await client.createEnvironment({ name: 'e' });
    assert.equal((await rejection(client.deleteEnvironment(environment.id))).reason, 'notOffered');
    assert.equal((await client.getEnvironment(environment.id)).name, 'e');
  });

  it('tells a vanished thing, a missing operation, a page and field errors apart', async () => {
    const page = '<!doctype html><title>Sorry</title>';
    const answers = [
      [404, 'application/json', '{"detail":"Agent not found"}', 'notFound'],
      [501, 'application/json', '{"detail":"unsupported_feature"}', 'notOffered'],
      [409, 'application/json', '{"detail":"busy"}', 'conflict'],
      [200, 'text/html', page, 'notJson'],
      [422, 'application/json', '{"detail":[{"loc":["body","name"],"msg":"too odd","type":"x"}]}', 'invalid'],
    ] as const;
    for (const [status, type, body, reason] of answers) {
      const server = await servers.start(() => ({ status, headers: { 'content-type': type }, body }));
      const error = await rejection(servers.api(server).client.updateAgent('agent_1', { name: 'x' }));
      assert.equal(error.reason, reason);
      assert.equal(server.requests.length, 1, 'a write is never repeated by itself');
      if (status === 422) {
        assert.deepEqual(error.details.fieldErrors, [{ path: 'name', message: 'too odd' }]);
      }
    }
  });
});
