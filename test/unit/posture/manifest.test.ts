import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { asArray, asObject, field, type JsonObject } from '../../../src/util/json.ts';

const manifest = JSON.parse(
  readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'),
) as JsonObject;
const contributes = asObject(field(manifest, 'contributes'));
const properties = Object.entries(
  asObject(field(asObject(field(contributes, 'configuration')), 'properties')) ?? {},
).map(([id, about]) => ({ id, about: asObject(about) }));
const capabilities = asObject(field(manifest, 'capabilities'));

describe('what the manifest lets a folder do', () => {
  it('is next to nothing: settings are the user’s own, but for how Enter works', () => {
    const scopes = Object.fromEntries(properties.map(({ id, about }) => [id, field(about, 'scope')]));
    assert.deepEqual(scopes, {
      'managedAgents.connections': 'application',
      'managedAgents.http.transport': 'application',
      'managedAgents.composer.enterSends': 'window',
      'managedAgents.search.cache': 'application',
      'managedAgents.notify.needsYou': 'application',
      'managedAgents.notify.finished': 'application',
      'managedAgents.notify.failed': 'application',
      'managedAgents.languageModelTools': 'application',
    });
  });

  it('is less where the folder is not trusted', () => {
    const untrusted = asObject(field(capabilities, 'untrustedWorkspaces'));
    assert.equal(field(untrusted, 'supported'), 'limited');
    assert.deepEqual(asArray(field(untrusted, 'restrictedConfigurations')), [
      'managedAgents.connections',
      'managedAgents.http.transport',
      'managedAgents.composer.enterSends',
      'managedAgents.languageModelTools',
    ]);
  });

  it('does not reach other machines: connections are not synchronised', () => {
    const synced = properties.filter(({ about }) => field(about, 'ignoreSync') !== true).map(({ id }) => id);
    assert.ok(!synced.includes('managedAgents.connections'));
  });

  it('does not start the extension: only its own panels, documents, views and commands do', () => {
    assert.deepEqual(asArray(field(manifest, 'activationEvents')), [
      'onWebviewPanel:managedAgents.session',
      'onFileSystem:managed-agents',
    ]);
    // Each of these would start it as well, without a word in `activationEvents`.
    const starting = ['authentication', 'languages', 'taskDefinitions', 'terminal', 'notebooks'];
    starting.push('chatParticipants', 'mcpServerDefinitionProviders', 'debuggers');
    assert.deepEqual(
      starting.filter((point) => field(contributes, point) !== undefined),
      [],
    );
  });

  it('opens a file by itself nowhere: its editor is one that a person chooses', () => {
    const editors = asArray(field(contributes, 'customEditors')).map(asObject);
    assert.deepEqual(
      editors.map((editor) => [field(editor, 'viewType'), field(editor, 'priority')]),
      [['managedAgents.sessionFile', 'option']],
    );
  });

  it('offers nothing to the editor’s own AI before the user turns that on', () => {
    const tools = asArray(field(contributes, 'languageModelTools')).map(asObject);
    assert.equal(tools.length, 4);
    for (const tool of tools) {
      assert.equal(field(tool, 'when'), 'config.managedAgents.languageModelTools');
    }
    const setting = properties.find(({ id }) => id === 'managedAgents.languageModelTools');
    assert.equal(field(setting?.about, 'default'), false);
  });

  it('opens no door for other programs: no handler of addresses, no server, no proposed interface', () => {
    const source = JSON.stringify(manifest);
    assert.ok(!source.includes('onUri'));
    for (const name of ['enabledApiProposals', 'extensionDependencies', 'extensionPack', 'bin', 'browser']) {
      assert.equal(field(manifest, name), undefined, name);
    }
  });
});
