import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { chooseEditorVersion } from '../../host/editorVersion.ts';

describe('chooseEditorVersion', () => {
  it('takes the current one without a wish', () => {
    assert.deepEqual(chooseEditorVersion(undefined), chooseEditorVersion(''));
  });

  it("knows a version by the editor's number and by the package's", () => {
    assert.deepEqual(chooseEditorVersion('1.105.1'), chooseEditorVersion('4.105.1'));
    assert.notDeepEqual(chooseEditorVersion('1.105.1'), chooseEditorVersion(undefined));
  });

  it('has the oldest editor that the manifest promises', () => {
    const manifest = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
    const promised = /"vscode": "\^(\d+\.\d+)\.\d+"/.exec(manifest)?.[1];
    assert.ok(promised !== undefined);
    assert.ok(chooseEditorVersion('4.105.1').vscode.startsWith(`${promised}.`));
  });

  it('names what it knows when asked for something else', () => {
    assert.throws(() => chooseEditorVersion('1.2.3'), /1\.2\.3.*1\.105\.1/);
  });
});
