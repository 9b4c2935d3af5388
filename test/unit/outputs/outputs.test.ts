import assert from 'node:assert/strict';
import { chmod, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readChunks } from '../../../src/api/http/readChunks.ts';
import { startSandbox } from '../../../src/sandbox/server.ts';
import { plainFileName } from '../../../src/transcript/export/exportName.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { textIn } from '../../../src/util/textIn.ts';
import { downloadToDisk } from '../../../src/vscode/outputs/diskDownload.ts';
import { eventually } from '../../support/eventually.ts';
import { failureOf, useServers } from '../api/apiSetup.ts';
import { noPause } from '../sandbox/wire.ts';

describe('the files that a session writes', () => {
  const servers = useServers();

  async function written() {
    const sandbox = await startSandbox({ seedSessions: 1, pace: noPause });
    servers.later(() => sandbox.close());
    const { client } = servers.api(sandbox, {
      connection: { auth: 'x-api-key' },
      key: () => Promise.resolve(sandbox.key),
    });
    const [session] = (await client.listSessions()).items;
    assert.ok(session !== undefined);
    await client.sendEvents(session.id, [
      { type: 'user.message', content: [{ type: 'text', text: '/files' }] },
    ]);
    const files = await eventually(async () => {
      const { items } = await client.listSessionFiles(session.id);
      return items.length === 2 && items;
    });
    return { client, session, files };
  }

  it('are listed and read, byte by byte', async () => {
    const { client, files } = await written();
    assert.deepEqual(
      files.map(({ name, mimeType, isDownloadable }) => [name, mimeType, isDownloadable]),
      [
        ['chart.png', 'image/png', true],
        ['report.md', 'text/markdown', true],
      ],
    );
    const texts: (string | undefined)[] = [];
    for (const { id, size } of files) {
      const parts: Uint8Array[] = [];
      for await (const part of readChunks(await client.openFile(id), systemClock, 1_000_000)) {
        parts.push(part);
      }
      assert.equal(Buffer.concat(parts).length, size);
      texts.push(textIn(Buffer.concat(parts))?.split('\n')[0]);
    }
    assert.deepEqual(texts, [undefined, '# Load test']);
    await failureOf(client.openFile('file_none'), 'notFound');
  });

  it('are asked for with the beta value that they need, beside that of the connection', async () => {
    const betas: unknown[] = [];
    const server = await servers.start((call) => {
      betas.push(call.headers['anthropic-beta']);
      return { status: 200, headers: { 'content-type': 'application/json' }, body: '{"data":[]}' };
    });
    const { client } = servers.api(server);
    await client.listSessionFiles('sesn_1');
    (await client.openFile('file_1')).discard();
    await client.listSessions();
    assert.deepEqual(betas, [
      'files-api-2025-04-14,managed-agents-2026-04-01',
      'files-api-2025-04-14,managed-agents-2026-04-01',
      'managed-agents-2026-04-01',
    ]);
  });

  it('are never read beyond the bound', async () => {
    const { client, files } = await written();
    const report = files.find(({ name }) => name === 'report.md');
    const response = await client.openFile(report?.id ?? '');
    const reading = async () => {
      for await (const part of readChunks(response, systemClock, 50)) {
        assert.ok(part.byteLength <= 50);
      }
    };
    await failureOf(reading(), 'responseTooLarge');
  });

  it('go to the place that was chosen, whole or not at all', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'outputs-'));
    servers.later(() => rm(folder, { recursive: true, force: true }));
    const target = path.join(folder, 'report.md');
    await writeFile(target, 'before');
    const broken = async function* () {
      yield Buffer.from('half');
      await Promise.resolve();
      throw new Error('broke off');
    };
    await assert.rejects(
      downloadToDisk(target, broken(), () => undefined),
      /broke off/,
    );
    assert.equal(await readFile(target, 'utf8'), 'before');
    assert.deepEqual(await readdir(folder), ['report.md']);
    const whole = async function* () {
      yield Buffer.from('one ');
      await Promise.resolve();
      yield Buffer.from('two');
    };
    const seen: number[] = [];
    await downloadToDisk(target, whole(), (bytes) => seen.push(bytes));
    assert.deepEqual([await readFile(target, 'utf8'), seen], ['one two', [4, 7]]);
    assert.deepEqual(await readdir(folder), ['report.md']);
    await chmod(target, 0o600);
    await downloadToDisk(target, whole(), () => undefined);
    assert.equal((await stat(target)).mode & 0o777, 0o600, 'who may read the old one may read the new one');
    const elsewhere = path.join(folder, 'elsewhere');
    await writeFile(elsewhere, 'not asked about');
    await rm(target);
    await symlink(elsewhere, target);
    await downloadToDisk(target, whole(), () => undefined);
    assert.deepEqual(
      [await readFile(target, 'utf8'), await readFile(elsewhere, 'utf8')],
      ['one two', 'not asked about'],
    );
  });

  it('get names that are names and nothing more', () => {
    for (const [given, name] of [
      ['report.md', 'report.md'],
      ['/mnt/session/outputs/report.md', 'report.md'],
      ['../../.bashrc', 'bashrc'],
      ['..\\..\\evil.exe', 'evil.exe'],
      ['a\u202egpj.exe', 'a gpj.exe'],
      ['CON', 'CON-file'],
      ['nul.txt', 'nul-session.txt'],
      ['...', 'file_1'],
      ['', 'file_1'],
      ['archive.tar.gz', 'archive.tar.gz'],
      ['Makefile', 'Makefile'],
      ['-rf', 'rf'],
    ] as const) {
      assert.equal(plainFileName(given, 'file_1'), name, given);
    }
  });

  it('are text only where they are', () => {
    assert.equal(textIn(Buffer.from('Grüße\n\t\u001b[1m')), 'Grüße\n\t\u001b[1m');
    assert.equal(textIn(Buffer.from([0xff, 0xfe, 0x41])), undefined);
    assert.equal(textIn(Buffer.from('a\u0000b')), undefined);
  });
});
