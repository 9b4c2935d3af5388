import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { placeInFolder } from '../../../src/vscode/workspace/workspacePath.ts';

describe('a path of an agent in the workspace', () => {
  let home: string;
  let folder: string;

  before(async () => {
    home = await realpath(await mkdtemp(path.join(tmpdir(), 'place-')));
    folder = path.join(home, 'project');
    await mkdir(path.join(folder, 'src'), { recursive: true });
    await mkdir(path.join(home, 'project-secrets'));
    await writeFile(path.join(folder, 'src', 'a.ts'), '');
    await writeFile(path.join(home, 'outside.txt'), '');
    await writeFile(path.join(home, 'project-secrets', 'key'), '');
    await symlink(path.join(home, 'outside.txt'), path.join(folder, 'link.txt'));
    await symlink(home, path.join(folder, 'up'));
    await symlink(path.join(folder, 'src'), path.join(folder, 'inner'));
    await symlink(path.join(home, 'not-yet'), path.join(folder, 'hanging'));
    await mkdir(path.join(folder, '.vscode'));
    await symlink(path.join(folder, '.vscode'), path.join(folder, 'editor'));
    await mkdir(path.join(folder, '.git', 'hooks'), { recursive: true });
    await writeFile(path.join(folder, '.git', 'config'), '');
    await symlink(path.join(folder, '.git'), path.join(folder, 'data'));
  });

  after(async () => {
    await rm(home, { recursive: true });
  });

  const problem = async (text: string, mayBeNew = false) => {
    const placed = await placeInFolder(text, folder, mayBeNew);
    return 'problem' in placed ? placed.problem : placed.file;
  };

  it('is found where it is inside: relative, absolute, or below where agents work', async () => {
    const file = path.join(folder, 'src', 'a.ts');
    assert.equal(await problem('src/a.ts'), file);
    assert.equal(await problem('./src//a.ts'), file);
    assert.equal(await problem(file), file);
    assert.equal(await problem('/workspace/src/a.ts'), file);
    assert.equal(await problem('inner/a.ts'), path.join(folder, 'inner', 'a.ts'));
  });

  it('says of which files more comes than a change of text, by their names and by where links lead', async () => {
    const isActedOn = async (text: string) => {
      const placed = await placeInFolder(text, folder, true);
      return 'problem' in placed ? placed.problem : placed.isActedOn;
    };
    for (const text of [
      '.vscode/tasks.json',
      'packages/a/.VSCode/settings.json',
      '.envrc',
      'team.code-workspace',
      'Team.Code-Workspace.',
      'editor/tasks.json',
      '.github/workflows/ci.yml',
    ]) {
      assert.equal(await isActedOn(text), true, text);
    }
    for (const text of ['src/a.ts', 'src/b.test.ts', './src/c.ts', 'a.code-workspace.md']) {
      assert.equal(await isActedOn(text), false, text);
    }
  });

  it('is refused where it leads out, however that is written', async () => {
    for (const text of [
      '../outside.txt',
      'src/../../outside.txt',
      'src/..',
      '..\\outside.txt',
      '/etc/passwd',
      '/workspace/../outside.txt',
      '/workspace//etc/../../x',
      path.join(home, 'outside.txt'),
      path.join(home, 'project-secrets', 'key'),
      '~/x',
      '//server/share/x',
      '\\\\server\\share\\x',
      'C:\\Windows\\x',
      'c:/x',
      'file:///etc/passwd',
      'vscode-userdata:/x',
    ]) {
      assert.equal(await problem(text), 'outside', text);
      assert.equal(await problem(text, true), 'outside', text);
    }
  });

  it('is refused where a link leads out, also for a file to come', async () => {
    assert.equal(await problem('link.txt'), 'link');
    assert.equal(await problem('up/outside.txt'), 'link');
    assert.equal(await problem('up/new.txt', true), 'link');
    assert.equal(await problem('hanging', true), 'link');
    assert.equal(await problem('hanging/new.txt', true), 'link');
    assert.equal(await problem('hanging'), 'missing');
  });

  it('is refused where it is Git’s own, however that is written', async () => {
    assert.equal(await problem('.git/config'), 'git');
    assert.equal(await problem('data/config'), 'git');
    for (const text of [
      '.git/hooks/post-checkout',
      '.GIT/x',
      'a/.git/config',
      '.git. /x',
      'GIT~1/x',
      'data/new',
    ]) {
      assert.equal(await problem(text, true), 'git', text);
    }
    for (const text of ['.gitignore', '.github/x.yml', 'git/x', 'a.git']) {
      assert.equal(await problem(text, true), path.join(folder, text), text);
    }
  });

  it('is no path where it is empty, too long, or holds control characters', async () => {
    for (const text of ['', '  ', 'a\u0000b', 'a\nb', 'x'.repeat(5_000)]) {
      assert.equal(await problem(text), 'notAPath');
    }
  });

  it('may be one to come only where that is welcome', async () => {
    assert.equal(await problem('src/deep/new.ts'), 'missing');
    assert.equal(await problem('src/deep/new.ts', true), path.join(folder, 'src', 'deep', 'new.ts'));
  });
});
