import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { SearchRun } from '../../../src/sessionSearch/searchRun.ts';
import type { LibraryServer } from '../../support/libraryServer.ts';
import { KEY } from '../api/apiSetup.ts';
import { found, searchFor, useSearch } from './searchSetup.ts';

/** Requests that are not for the list. */
function reads(library: LibraryServer): string[] {
  return library.requests.splice(0).filter((request) => !request.startsWith('/sessions?'));
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => path.join(parentPath, name));
}

describe('the cache of a search', () => {
  const bench = useSearch();

  async function filled(options?: Parameters<typeof bench.library>[0]) {
    const library = await bench.library(options);
    library.add('a', ['first needle', 'a *bold* needle', 'Straße and ÉCLAIR']);
    library.add('b', ['hay', 'more hay']);
    library.add('c', ['needle']);
    const { client } = bench.servers.api(library);
    const folder = await bench.folder();
    const search = async (text: string, more: Parameters<typeof bench.cache>[1] = {}): Promise<SearchRun> => {
      const run = searchFor(text, client, { cache: bench.cache(folder, more).for('server') });
      await run.resume();
      return run;
    };
    return { library, folder, search };
  }

  it('reads nothing again that did not change, and finds the same', async () => {
    const { library, search } = await filled();
    const first = await search('needle');
    assert.equal(reads(library).length, 3);
    const second = await search('needle');
    assert.deepEqual(reads(library), []);
    assert.equal(second.state.unchanged, 3);
    assert.deepEqual(second.state.results, first.state.results);
    assert.deepEqual(found(await search('éclair')), ['a:1']);
    assert.deepEqual(found(await search('eclair')), []);
    assert.deepEqual(found(await search('*bold*')), ['a:1']);
    assert.deepEqual(found(await search('bold needle')), ['a:1']);
    assert.deepEqual(reads(library), []);
  });

  it('reads a session again that the list shows changed', async () => {
    const { library, search } = await filled();
    await search('needle');
    const [changed] = library.sessions;
    changed?.events.push({
      type: 'agent.message',
      id: 'new',
      content: [{ type: 'text', text: 'one more needle' }],
      processed_at: '2026-01-02T00:00:00Z',
    });
    Object.assign(changed?.json ?? {}, { updated_at: '2026-01-02T00:00:00Z' });
    reads(library);
    assert.deepEqual(found(await search('needle')), ['a:3', 'c:1']);
    assert.deepEqual(
      reads(library).map((request) => request.split('?')[0]),
      ['/sessions/a/events', '/sessions/a/events'],
    );
  });

  it('asks for the newest events where the list says nothing about them', async () => {
    const { library, search } = await filled();
    for (const { json } of library.sessions) {
      Object.assign(json, { updated_at: json['created_at'] });
    }
    // One of them has a single event, as old as itself: its own file would not show that the list is wrong.
    await search('needle');
    library.sessions[2]?.events.push({
      type: 'agent.message',
      id: 'new',
      content: [{ type: 'text', text: 'another needle' }],
      processed_at: '2026-01-02T00:00:00Z',
    });
    reads(library);
    const again = await search('needle');
    assert.deepEqual(found(again), ['a:2', 'c:2']);
    assert.equal(again.state.unchanged, 2);
    const asked = reads(library);
    assert.equal(asked.filter((request) => request.includes('order=desc')).length, 3);
    assert.equal(asked.length, 4);
  });

  it('says where a server cannot tell what is newest, and reads such sessions whole', async () => {
    const { library, search } = await filled({ knowsOrder: false, pageSize: 2 });
    for (const { json } of library.sessions) {
      Object.assign(json, { updated_at: null });
    }
    await search('needle');
    const again = await search('needle');
    assert.equal(again.state.lacksOrder, true);
    assert.deepEqual(found(again), ['a:2', 'c:1']);
    assert.equal(library.requests.length > 0, true);
  });

  it('drops the oldest sessions where there is no more room', async () => {
    const { library, folder, search } = await filled();
    for (let index = 0; index < 40; index++) {
      library.add(`s${String(index)}`, ['needle '.repeat(100)]);
    }
    await search('needle', { maxBytes: 20_000 });
    const files = await Promise.all((await filesIn(folder)).map((file) => readFile(file)));
    const bytes = files.reduce((sum, { length }) => sum + length, 0);
    assert.ok(bytes <= 20_000 && bytes > 10_000, `${String(bytes)} bytes`);
    reads(library);
    const again = await search('needle', { maxBytes: 20_000 });
    assert.ok(again.state.unchanged > 5 && again.state.unchanged < 43);
    assert.equal(again.state.hits, 4_003);
  });

  it('puts a damaged file aside, says so, and loses nothing else', async () => {
    const { library, folder, search } = await filled();
    await search('needle');
    reads(library);
    const [one, other, third] = await filesIn(folder);
    assert.ok(one !== undefined && other !== undefined && third !== undefined);
    await truncate(one, 30);
    const bytes = await readFile(other);
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 5) ^ 1, bytes.length - 5);
    await writeFile(other, bytes);
    assert.deepEqual(found(await search('needle')), ['a:2', 'c:1']);
    assert.equal(reads(library).length, 2);
    assert.equal(bench.notes.filter((note) => note.includes('put aside')).length, 2);
    assert.equal((await readdir(path.join(folder, 'aside'))).length, 2);
    await search('needle');
    assert.deepEqual(reads(library), []);
  });

  it('puts what another version has left aside', async () => {
    const { library, folder, search } = await filled();
    await mkdir(path.join(folder, 'v0'), { recursive: true });
    await writeFile(path.join(folder, 'v0', 'old.session'), 'of another time');
    await search('needle');
    assert.equal(bench.notes.length, 1);
    assert.deepEqual((await readdir(folder)).toSorted(), ['aside', 'v1']);
    assert.equal(reads(library).length, 3);
  });

  it('keeps notices in the words of one language only', async () => {
    const { library, search } = await filled();
    await search('needle');
    reads(library);
    await search('needle', { language: 'de' });
    assert.equal(reads(library).length, 3);
  });

  it('searches on where nothing can be written, and says why', async () => {
    const { library, folder, search } = await filled();
    await mkdir(path.dirname(folder), { recursive: true });
    await writeFile(folder, 'a file where a folder is due');
    const run = await search('needle');
    assert.deepEqual(found(run), ['a:2', 'c:1']);
    assert.equal(run.state.cacheProblem, 'failed');
    assert.equal(run.state.phase.kind, 'done');
    assert.equal(reads(library).length, 3);
  });

  it('forgets one server, or one session of it, and keeps the others', async () => {
    const library = await bench.library();
    library.add('a', ['a needle']);
    library.add('b', ['a needle']);
    const { client } = bench.servers.api(library);
    const folder = await bench.folder();
    const cache = bench.cache(folder);
    for (const server of ['one', 'other']) {
      await searchFor('needle', client, { cache: cache.for(server) }).resume();
    }
    await cache.for('one').remove('a');
    assert.equal((await filesIn(folder)).length, 3);
    await cache.forget('one');
    assert.equal((await filesIn(folder)).length, 2);
    assert.ok((await cache.for('other').read('a')) !== undefined);
    await cache.forget('unknown');
  });

  it('holds no key and no name, and is deleted as a whole', async () => {
    const library = await bench.library();
    library
      .add('secret-session', [`a needle beside ${KEY}`])
      .events.push({ type: 'agent.tool_use', id: `use-${KEY}`, name: `${KEY}-tool`, input: { a: 'needle' } });
    const { client } = bench.servers.api(library);
    const folder = await bench.folder();
    const cache = bench.cache(folder);
    const run = searchFor('needle', client, {
      cache: cache.for('server'),
      cutKeys: (text) => text.replaceAll(KEY, '•••'),
    });
    await run.resume();
    const [file] = await filesIn(folder);
    assert.ok(file !== undefined && !file.includes('secret'));
    const text = await readFile(file, 'utf8');
    assert.ok(text.includes('needle') && !text.toLowerCase().includes(KEY.toLowerCase()));
    assert.ok((await cache.clear()) > 0);
    await assert.rejects(readdir(folder));
  });
});
