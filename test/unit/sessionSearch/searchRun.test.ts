import assert from 'node:assert/strict';
import { ApiError } from '../../../src/api/errors.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { answer } from '../../support/libraryServer.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { eventually } from '../../support/eventually.ts';
import { KEY } from '../api/apiSetup.ts';
import { found, searchFor, useSearch } from './searchSetup.ts';

describe('a search in sessions', () => {
  const bench = useSearch();

  it('finds a text in messages, inputs and outputs, with what stands around it', async () => {
    const library = await bench.library();
    library.add('a', ['Where is the Harbour?', 'At the *harbour* wall.']);
    library.add('b', ['nothing']);
    library.add('c', []).events.push(
      { type: 'agent.tool_use', id: 'use', name: 'bash', input: { command: 'ls harbour' } },
      {
        type: 'agent.tool_result',
        id: 'result',
        tool_use_id: 'use',
        content: [{ type: 'text', text: 'one\ntwo harbour  lines' }],
      },
    );
    const { client } = bench.servers.api(library);
    const run = searchFor('harbour', client);
    await run.resume();
    assert.equal(run.state.phase.kind, 'done');
    assert.deepEqual(found(run), ['a:2', 'c:2']);
    const [first, second] = run.state.results;
    assert.deepEqual(
      first?.hits.map(({ key, before, match, after }) => [key, before, match, after]),
      [
        ['a_e0', 'Where is the ', 'Harbour', '?'],
        ['a_e1', 'At the ', 'harbour', ' wall.'],
      ],
    );
    assert.deepEqual(
      second?.hits.map(({ key, kind, name, part, ordinal, before }) => [
        key,
        kind,
        name,
        part,
        ordinal,
        before,
      ]),
      [
        ['use', 'tool', 'bash', 'input', 0, 'ls '],
        ['use', 'tool', 'bash', 'result', 1, 'one two '],
      ],
    );
  });

  it('reads every page, asks a few things at a time, and counts what it does', async () => {
    const library = await bench.library({ pageSize: 40 });
    for (let index = 0; index < 90; index++) {
      library.add(`s${String(index)}`, index % 30 === 0 ? Array<string>(50).fill('the needle') : ['hay']);
    }
    const { client } = bench.servers.api(library);
    const run = searchFor('NEEDLE', client);
    await run.resume();
    const { size, searched, hits, isListed } = run.state;
    assert.deepEqual(
      { size, searched, hits, isListed },
      { size: 90, searched: 90, hits: 150, isListed: true },
    );
    // Three pages of the list, one of each session, and a second one of those that are longer than a page.
    assert.equal(library.requests.length, 3 + 90 + 3);
    assert.ok(library.mostUnderway <= 4, `${String(library.mostUnderway)} at once`);
  });

  it('keeps what it found when it is stopped, and goes on from there', async () => {
    const library = await bench.library();
    for (let index = 0; index < 30; index++) {
      library.add(`s${String(index)}`, ['a needle']);
    }
    const { client } = bench.servers.api(library);
    let stops = 1;
    const run = searchFor('needle', client, {
      onChange: () => {
        if (run.state.searched >= 7 && stops > 0) {
          stops -= 1;
          run.stop();
        }
      },
    });
    await run.resume();
    const stopped = run.state;
    assert.equal(stopped.phase.kind, 'stopped');
    assert.ok(stopped.searched >= 7 && stopped.searched < 30);
    assert.equal(stopped.results.length, stopped.searched);
    await run.resume();
    assert.equal(run.state.phase.kind, 'done');
    assert.equal(run.state.hits, 30);
    // None that was done is read again; those that were under way when it was stopped may be.
    assert.ok(library.requests.length <= 1 + 30 + 3, `${String(library.requests.length)} requests`);
  });

  it('says which sessions were deleted meanwhile, and loses nothing else', async () => {
    const library = await bench.library();
    ['a', 'b', 'c'].forEach((id) => library.add(id, ['needle']));
    library.intercept = (path, response) => {
      if (path.startsWith('/sessions/b')) {
        answer(
          response,
          { error: { type: 'gone', message: 'deleted' } },
          path.endsWith('/events') ? 410 : 404,
        );
        return true;
      }
      return false;
    };
    const { client } = bench.servers.api(library);
    const run = searchFor('needle', client);
    await run.resume();
    assert.equal(run.state.phase.kind, 'done');
    assert.deepEqual([found(run), run.state.gone, run.state.searched], [['a:1', 'c:1'], 1, 3]);
  });

  it('keeps a session that cannot be read for another try', async () => {
    const library = await bench.library();
    ['a', 'b', 'c'].forEach((id) => library.add(id, ['needle']));
    let isBroken = true;
    library.intercept = (path, response) => {
      if (isBroken && path === '/sessions/b/events') {
        answer(response, { error: { type: 'not_found_error', message: 'no events' } }, 404);
        return true;
      }
      return false;
    };
    const { client } = bench.servers.api(library);
    const run = searchFor('needle', client);
    await run.resume();
    assert.deepEqual(
      run.state.unread.map(({ session, error }) => [session.id, ApiError.is(error, 'notFound')]),
      [['b', true]],
    );
    isBroken = false;
    await run.resume();
    assert.deepEqual(found(run), ['a:1', 'b:1', 'c:1']);
    assert.equal(run.state.unread.length, 0);
  });

  it('waits as long as the server asks, then asks for one thing at a time', async () => {
    const library = await bench.library();
    for (let index = 0; index < 20; index++) {
      library.add(`s${String(index)}`, ['needle']);
    }
    let refusals = 0;
    library.intercept = (path, response) => {
      // The client itself tries again too, in vain.
      if (path.endsWith('/events') && refusals < 3) {
        refusals += 1;
        answer(response, { error: { type: 'rate_limit_error', message: 'slow' } }, 429, {
          'retry-after': '60',
        });
        return true;
      }
      return false;
    };
    const clock = new ManualClock();
    const { client } = bench.servers.api(library);
    const run = searchFor('needle', client, { clock });
    const running = run.resume();
    await eventually(() => run.state.phase.kind === 'waiting' && refusals === 3 && library.underway === 0);
    const { phase } = run.state;
    assert.deepEqual(phase, { kind: 'waiting', until: clock.now() + 60_000 });
    library.mostUnderway = 0;
    await eventually(() => {
      clock.advance(60_000);
      return run.state.phase.kind === 'done';
    });
    await running;
    assert.equal(run.state.hits, 20);
    assert.equal(library.mostUnderway, 1);
  });

  it('ends where the key is refused, and keeps what it found', async () => {
    const library = await bench.library();
    for (let index = 0; index < 20; index++) {
      library.add(`s${String(index)}`, ['needle']);
    }
    library.intercept = (path, response) => {
      if (path === '/sessions/s9/events') {
        answer(response, { error: { type: 'authentication_error', message: 'no' } }, 401);
        return true;
      }
      return false;
    };
    const { client } = bench.servers.api(library);
    const run = searchFor('needle', client);
    await run.resume();
    const { phase, hits } = run.state;
    assert.ok(phase.kind === 'failed' && ApiError.is(phase.error, 'unauthorized'));
    assert.ok(hits >= 7 && hits < 20, `${String(hits)} hits`);
    library.intercept = () => false;
    await run.resume();
    assert.equal(run.state.hits, 20);
  });

  it('gives up a server that cannot be reached instead of trying every session', async () => {
    const library = await bench.library();
    for (let index = 0; index < 50; index++) {
      library.add(`s${String(index)}`, ['needle']);
    }
    const clock = new ManualClock();
    library.intercept = (path, response) => {
      if (path.endsWith('/events')) {
        response.destroy();
        return true;
      }
      return false;
    };
    const { client, clock: clientClock } = bench.servers.api(library);
    const run = searchFor('needle', client, { clock });
    const running = run.resume();
    await eventually(() => {
      clientClock.advance(10_000);
      return run.state.phase.kind === 'failed';
    });
    await running;
    assert.ok(run.state.unread.length >= 5 && run.state.unread.length < 10);
  });

  it('says that a session is longer than can be looked through', async () => {
    const library = await bench.library({ pageSize: 10 });
    library.add('long', Array<string>(50).fill('needle'));
    library.add('short', ['needle']);
    const { client } = bench.servers.api(library);
    const run = searchFor('needle', client, { limits: { maxEvents: 20, maxWeight: 1e9 } });
    await run.resume();
    assert.deepEqual(found(run), ['long:20', 'short:1']);
    assert.deepEqual(
      run.state.results.map(({ shortfall }) => shortfall),
      ['tooLong', undefined],
    );
    assert.equal(run.state.partial, 1);
  });

  it('shows no key, wherever one stands', async () => {
    const library = await bench.library();
    library.add('a', [`the key is ${KEY}, my needle`]);
    const { client } = bench.servers.api(library);
    const run = searchFor('needle', client, { cutKeys: (text) => text.replaceAll(KEY, '•••') });
    await run.resume();
    assert.ok(!JSON.stringify(run.state.results[0]?.hits).includes(KEY.slice(-12)));
    assert.match(run.state.results[0]?.hits[0]?.before ?? '', /•••, my $/);
  });

  it('counts all matches of a session and holds the first of them', async () => {
    const library = await bench.library();
    library.add('a', Array<string>(60).fill('needle needle needle'));
    const { client } = bench.servers.api(library);
    const run = searchFor('needle', client, { clock: systemClock });
    await run.resume();
    const [result] = run.state.results;
    assert.deepEqual([result?.total, result?.hits.length], [180, 100]);
  });
});
