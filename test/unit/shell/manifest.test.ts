import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  commands,
  contextKeys,
  documentScheme,
  languageModelTools,
  panels,
  settings,
  viewContainer,
  views,
  walkthroughId,
} from '../../../src/vscode/ids.ts';
import { asArray, asObject, asText, field, type JsonObject, type JsonValue } from '../../../src/util/json.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const read = (name: string) => JSON.parse(readFileSync(path.join(root, name), 'utf8')) as JsonObject;
const manifest = read('package.json');
const texts = read('package.nls.json');
const contributes = asObject(field(manifest, 'contributes'));
const part = (name: string) => field(contributes, name);
const list = (value: JsonValue | undefined) =>
  asArray(value)
    .map(asObject)
    .filter((item) => item !== undefined);
const textOf = (object: JsonObject, name: string) => asText(field(object, name)) ?? '';
const menus = Object.entries(asObject(part('menus')) ?? {}).map(([name, items]) => ({
  name,
  items: list(items),
}));
const menuItems = menus.flatMap(({ items }) => items);
const welcomes = list(part('viewsWelcome'));
const steps = list(part('walkthroughs')).flatMap((walkthrough) => list(field(walkthrough, 'steps')));
const declared = list(part('commands')).map((command) => textOf(command, 'command'));
const known = new Set<string>(Object.values(commands));

/** All strings anywhere in a value. */
function strings(value: JsonValue | undefined): readonly string[] {
  if (typeof value === 'string') {
    return [value];
  }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : [];
}

describe('the manifest', () => {
  it('declares the commands of the code, and no others', () => {
    assert.deepEqual(declared.toSorted(), [...known].sort());
  });

  it('gives every command a title and the category', () => {
    for (const command of list(part('commands'))) {
      assert.match(textOf(command, 'title'), /^%command\.[\w.]+%$/);
      assert.equal(textOf(command, 'category'), '%category%');
    }
  });

  it('uses only commands that exist, in menus and in welcome texts', () => {
    const inMenus = menuItems.map((item) => textOf(item, 'command'));
    const inTexts = strings(texts).flatMap((text) =>
      [...text.matchAll(/\(command:([\w.]+)\)/g)].map((match) => match[1] ?? ''),
    );
    assert.ok(inMenus.length > 10 && inTexts.length > 5);
    for (const id of [...inMenus, ...inTexts]) {
      assert.ok(known.has(id), id);
    }
  });

  it('gives an icon to every command that is drawn as a button', () => {
    const withIcon = new Set(
      list(part('commands')).flatMap((command) =>
        field(command, 'icon') === undefined ? [] : [textOf(command, 'command')],
      ),
    );
    const buttons = menuItems.filter((item) => /^(navigation|inline)/.test(textOf(item, 'group')));
    assert.ok(buttons.length > 3);
    for (const button of buttons) {
      assert.ok(withIcon.has(textOf(button, 'command')), textOf(button, 'command'));
    }
  });

  it('knows the ids of the code: container, view, panel, settings, context keys', () => {
    const containers = list(field(asObject(part('viewsContainers')), 'activitybar'));
    assert.deepEqual(
      containers.map((container) => textOf(container, 'id')),
      [viewContainer],
    );
    const viewIds = list(field(asObject(part('views')), viewContainer)).map((view) => textOf(view, 'id'));
    assert.deepEqual(viewIds, Object.values(views));
    const properties = Object.keys(asObject(field(asObject(part('configuration')), 'properties')) ?? {});
    const { section, ...ids } = settings;
    assert.deepEqual(properties.toSorted(), Object.values(ids).sort());
    assert.ok(properties.every((id) => id.startsWith(`${section}.`)));
    assert.deepEqual(field(manifest, 'activationEvents'), [
      `onWebviewPanel:${panels.session}`,
      `onFileSystem:${documentScheme}`,
    ]);
  });

  it('declares the tools of the code for the editor’s AI, and what each of them takes', () => {
    const tools = list(part('languageModelTools'));
    assert.deepEqual(
      tools.map((tool) => textOf(tool, 'name')),
      Object.values(languageModelTools),
    );
    for (const tool of tools) {
      const schema = asObject(field(tool, 'inputSchema'));
      const taken = Object.keys(asObject(field(schema, 'properties')) ?? {});
      assert.ok(asArray(field(schema, 'required')).every((name) => taken.includes(asText(name) ?? '')));
      assert.notEqual(textOf(tool, 'modelDescription'), '');
    }
  });

  it('uses only context keys that the code sets, and every one of them', () => {
    const used = new Set(
      [...menuItems, ...welcomes].flatMap((item) =>
        [...textOf(item, 'when').matchAll(/managedAgents\.[\w.]+/g)].map(([key]) => key),
      ),
    );
    for (const event of steps.flatMap((step) => strings(field(step, 'completionEvents')))) {
      used.add(event.replace(/^onContext:/, ''));
    }
    Object.values(views).forEach((id) => used.delete(id));
    used.delete(panels.session);
    assert.deepEqual([...used].sort(), Object.values(contextKeys).sort());
  });

  it('bounds every word that is looked for in a row’s context', () => {
    const conditions = menuItems.flatMap((item) => [
      ...textOf(item, 'when').matchAll(/viewItem\s*=~\s*(\/.*?\/)/g),
    ]);
    assert.ok(conditions.length > 5);
    for (const [, pattern] of conditions) {
      assert.match(pattern ?? '', /^\/\\b\w+\\b\/$/);
    }
  });

  it('has a text for every key, and a key for every text', () => {
    const keys = strings(manifest).flatMap((text) => /^%([\w.]+)%$/.exec(text)?.[1] ?? []);
    assert.deepEqual([...new Set(keys)].sort(), Object.keys(texts).sort());
  });

  it('lets nobody but the user decide where requests and keys go', () => {
    const properties = asObject(field(asObject(part('configuration')), 'properties'));
    const restricted = strings(field(asObject(field(manifest, 'capabilities')), 'untrustedWorkspaces'));
    for (const id of [settings.connections, settings.transport]) {
      assert.equal(field(asObject(field(properties, id)), 'scope'), 'application');
      assert.ok(restricted.includes(id));
    }
    assert.equal(field(asObject(field(properties, settings.connections)), 'ignoreSync'), true);
  });

  it('ticks each step of the walkthrough by what happened, never by a press', () => {
    assert.equal(steps.length, 4);
    for (const step of steps) {
      assert.match(strings(field(step, 'completionEvents')).join(), /^onContext:managedAgents\.did\.\w+$/);
    }
    assert.ok(walkthroughId.endsWith(`#${textOf(list(part('walkthroughs'))[0] ?? {}, 'id')}`));
  });

  it('hides what changes something while the connection is read-only', () => {
    const inTree = menus
      .filter(({ name }) => name === 'view/title' || name === 'view/item/context')
      .flatMap(({ items }) => items)
      .filter((item) =>
        /\.(create|archive|rename|update|delete|defineOutcome)$/.test(textOf(item, 'command')),
      );
    assert.ok(inTree.length > 10);
    for (const item of inTree) {
      assert.match(textOf(item, 'when'), /&& !managedAgents\.readOnly\b/, textOf(item, 'command'));
    }
  });

  it('has the files that it names, and ships them', () => {
    const shipped = readFileSync(path.join(root, '.vscodeignore'), 'utf8');
    assert.match(shipped, /^!media\/walkthrough\/\*\.svg$/m);
    const files = strings(manifest).filter((text) => text.startsWith('media/'));
    assert.ok(files.length >= 2);
    for (const file of files) {
      assert.ok(existsSync(path.join(root, file)), file);
    }
  });
});
