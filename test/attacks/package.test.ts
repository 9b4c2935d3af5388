import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { contentFindings } from '../../scripts/check/packageContents.ts';
import { readZip, type ZipEntry } from '../../scripts/check/readZip.ts';
import { asArray, asObject, field, type JsonObject } from '../../src/util/json.ts';
import { projectFolder } from '../host/paths.ts';
import { attack } from './support/attackList.ts';
import { packagedExtension } from './support/packaged.ts';

const run = promisify(execFile);

describe('what is in the package', () => {
  let entries: readonly ZipEntry[];
  let manifest: JsonObject;
  let scripts: readonly ZipEntry[];

  before(async () => {
    entries = readZip(await readFile(await packagedExtension()));
    const text = entries.find(({ name }) => name === 'extension/package.json')?.text() ?? '{}';
    manifest = JSON.parse(text) as JsonObject;
    scripts = entries.filter(({ name }) => /\.c?js$/.test(name));
    assert.ok(scripts.length > 3);
  });

  it(attack('D8'), () => {
    // There is no such handler: no link from outside reaches the extension at all.
    assert.doesNotMatch(JSON.stringify(manifest), /onUri/);
    assert.deepEqual(namesThat(/registerUriHandler|\bonUri\b/), []);
  });

  it(attack('D12'), () => {
    const configuration = asObject(field(asObject(field(manifest, 'contributes')), 'configuration'));
    const connections = asObject(
      field(asObject(field(configuration, 'properties')), 'managedAgents.connections'),
    );
    assert.equal(field(connections, 'ignoreSync'), true);
    assert.equal(field(connections, 'scope'), 'application');
    // Secrets are synced by no editor; state is where an extension names it for that, and this one names none.
    assert.deepEqual(namesThat(/setKeysForSync/), []);
  });

  it(attack('E2'), () => {
    assert.deepEqual(contentFindings(entries), []);
    const hooks = Object.keys(asObject(field(manifest, 'scripts')) ?? {});
    assert.deepEqual(
      hooks.filter((name) => /^(?:pre|post)?install$|^prepare$|^vscode:/.test(name)),
      [],
    );
  });

  it(attack('E3'), async () => {
    const check = path.join('scripts', 'check', 'dependencies.ts');
    await run(process.execPath, [check], { cwd: projectFolder });
    // The same check over lock files that somebody has had a hand in.
    const lock = JSON.parse(await readFile(path.join(projectFolder, 'package-lock.json'), 'utf8')) as {
      readonly packages: Readonly<Record<string, JsonObject>>;
    };
    const undici = lock.packages['node_modules/undici'] ?? {};
    for (const [what, changed] of Object.entries({
      'another version': { 'node_modules/undici': { ...undici, version: '8.12.5' } },
      'another place': { 'node_modules/undici': { ...undici, resolved: 'https://evil.example/undici.tgz' } },
      'another hash': { 'node_modules/undici': { ...undici, integrity: 'sha1-0000' } },
      'a new package': { 'node_modules/managed-agents-internal': { ...undici, version: '99.0.0' } },
      'an install script': { 'node_modules/undici': { ...undici, hasInstallScript: true } },
    })) {
      const copy = await projectWith({ ...lock, packages: { ...lock.packages, ...changed } });
      await assert.rejects(run(process.execPath, [check], { cwd: copy }), what);
    }
  });

  it(attack('E4'), async () => {
    // Module by module, with what each library brings: check:bundles. Here: what really ships, as it ships.
    await run(process.execPath, [path.join('scripts', 'check', 'bundles.ts')], { cwd: projectFolder });
    assert.deepEqual(namesThat(/child_process|\bnode:(?:vm|cluster|inspector|repl)\b/), []);
    assert.deepEqual(namesThat(/\bdocument\.write|insertAdjacentHTML|\bouterHTML\b/), []);
    const host = scripts.filter(({ name }) => !name.includes('/webview/'));
    assert.deepEqual(
      host.filter(({ text }) => /(?:^|[^.\w$])eval\(|\bnew Function\b/.test(text())).map(({ name }) => name),
      [],
    );
    const addresses = scripts.flatMap(({ text }) => text().match(/\bhttp:\/\/[\w.[\]:-]+/g) ?? []);
    assert.deepEqual(
      [...new Set(addresses)].filter(
        (url) => !/^http:\/\/(?:localhost|127\.0\.0\.1|www\.w3\.org|\[)/.test(url),
      ),
      [],
    );
  });

  /** Names of the shipped scripts that hold something. */
  function namesThat(hold: RegExp): readonly string[] {
    return scripts.filter(({ text }) => hold.test(text())).map(({ name }) => name);
  }

  it(attack('E5'), () => {
    const capabilities = asObject(field(manifest, 'capabilities'));
    assert.equal(field(capabilities, 'virtualWorkspaces'), true);
    // On the side of the user where there is one, so that the key stays there; else where the window's host is.
    assert.deepEqual(asArray(field(manifest, 'extensionKind')), ['ui', 'workspace']);
    // No entry for a browser: a host without Node says that the extension is not for it, and starts nothing.
    assert.equal(field(manifest, 'browser'), undefined);
    assert.equal(field(manifest, 'main'), './dist/extension.cjs');
  });
});

/** What the check of dependencies looks at, with another lock file. */
async function projectWith(lock: unknown): Promise<string> {
  const copy = await mkdtemp(path.join(tmpdir(), 'managed-agents-lock-'));
  await mkdir(path.join(copy, 'scripts'));
  await cp(path.join(projectFolder, 'scripts', 'check'), path.join(copy, 'scripts', 'check'), {
    recursive: true,
  });
  await symlink(path.join(projectFolder, 'src'), path.join(copy, 'src'), 'junction');
  await cp(path.join(projectFolder, 'package.json'), path.join(copy, 'package.json'));
  await writeFile(path.join(copy, 'package-lock.json'), JSON.stringify(lock));
  return copy;
}
