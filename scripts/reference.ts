// `npm run docs`: writes docs/reference.md from the manifest, so that the two cannot disagree; `--check` only compares.
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { asArray, asObject, asText, field, type JsonValue } from '../src/util/json.ts';
import { projectFolder } from '../test/host/paths.ts';

const target = path.join(projectFolder, 'docs', 'reference.md');

const get = (value: JsonValue | undefined, name: string) => field(asObject(value), name);

type Texts = (value: JsonValue | undefined) => string;

async function readJson(name: string): Promise<JsonValue> {
  return JSON.parse(await readFile(path.join(projectFolder, name), 'utf8')) as JsonValue;
}

/** Texts of the manifest stand in a file of their own, by `%name%`. */
function textsOf(bundle: JsonValue): Texts {
  return (value) => {
    const text = asText(value) ?? '';
    const name = /^%(.+)%$/.exec(text)?.[1];
    return name === undefined ? text : (asText(get(bundle, name)) ?? '');
  };
}

/** A cell of a table: one line, and no bar that would end it. */
const cell = (text: string) => text.replaceAll(/\s*\n\s*/g, ' ').replaceAll('|', '\\|');

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function commands(contributes: JsonValue, text: Texts): string {
  const keys = new Map<string, string[]>();
  for (const binding of asArray(get(contributes, 'keybindings'))) {
    const command = asText(get(binding, 'command')) ?? '';
    const names = [get(binding, 'key'), get(binding, 'mac')].flatMap((key) => asText(key) ?? []);
    keys.set(command, [...(keys.get(command) ?? []), names.map((name) => `\`${name}\``).join(', on macOS ')]);
  }
  const palette = asArray(get(get(contributes, 'menus'), 'commandPalette'));
  const hidden = new Set(
    palette
      .filter((item) => asText(get(item, 'when')) === 'false')
      .map((item) => asText(get(item, 'command'))),
  );
  const rows = asArray(get(contributes, 'commands')).map((command) => {
    const id = asText(get(command, 'command')) ?? '';
    return [
      text(get(command, 'title')),
      `\`${id}\``,
      (keys.get(id) ?? []).join('; '),
      hidden.has(id) ? 'from rows and buttons only' : '',
    ];
  });
  return table(['Command', 'Id', 'Key', ''], rows);
}

function settings(contributes: JsonValue, text: Texts): string {
  const configurations = [get(contributes, 'configuration') ?? []].flat();
  const properties = configurations.flatMap((each) =>
    Object.entries(asObject(get(each, 'properties')) ?? {}),
  );
  const section = ([name, property]: [string, JsonValue]) => {
    const what = text(get(property, 'markdownDescription') ?? get(property, 'description'));
    const facts = `Default \`${JSON.stringify(get(property, 'default') ?? null)}\`; ${scopeText(property)}.`;
    return [`### \`${name}\``, `${what} ${facts}`, choices(property, text), entries(property, text)]
      .filter((part) => part !== '')
      .join('\n\n');
  };
  return properties.map(section).join('\n\n');
}

function scopeText(property: JsonValue): string {
  const scope = asText(get(property, 'scope')) ?? 'window';
  const where = scope === 'application' ? 'only user settings count' : 'a workspace may change it';
  return get(property, 'ignoreSync') === true ? `${where}, not synced` : where;
}

function choices(property: JsonValue, text: Texts): string {
  const descriptions = asArray(get(property, 'enumDescriptions'));
  return asArray(get(property, 'enum'))
    .map((name, index) => `- \`${asText(name) ?? ''}\`: ${text(descriptions[index])}`)
    .join('\n');
}

/** The fields of what a list holds. */
function entries(property: JsonValue, text: Texts): string {
  const fields = Object.entries(asObject(get(get(property, 'items'), 'properties')) ?? {});
  return fields
    .map(([name, each]) => {
      const values = asArray(get(each, 'enum')).map((value) => `\`${asText(value) ?? ''}\``);
      const oneOf = values.length === 0 ? '' : ` One of ${values.join(', ')}.`;
      return `- \`${name}\`: ${text(get(each, 'markdownDescription'))}${oneOf}`;
    })
    .join('\n');
}

function files(contributes: JsonValue): string {
  return table(
    ['Files', 'Checked with'],
    asArray(get(contributes, 'jsonValidation')).map((each) => [
      `\`${asText(get(each, 'fileMatch')) ?? ''}\``,
      `\`${asText(get(each, 'url')) ?? ''}\``,
    ]),
  );
}

function tools(contributes: JsonValue, text: Texts): string {
  const all = asArray(get(contributes, 'languageModelTools'));
  if (all.length === 0) {
    return '';
  }
  const rows = all.map((tool) => [
    `\`${asText(get(tool, 'name')) ?? ''}\``,
    text(get(tool, 'displayName')),
    text(get(tool, 'userDescription') ?? get(tool, 'modelDescription')),
  ]);
  return `## Tools for the editor's own AI\n\n${table(['Tool', 'Name', 'What it does'], rows)}`;
}

async function reference(): Promise<string> {
  const contributes = get(await readJson('package.json'), 'contributes') ?? {};
  const text = textsOf(await readJson('package.nls.json'));
  const parts = [
    '# Commands and settings',
    'This page is made from the manifest of the extension by `npm run docs`; changes belong there.',
    '## Commands',
    `All are in the palette under **${text('%category%')}**, except where the last column says otherwise.`,
    commands(contributes, text),
    '## Settings',
    settings(contributes, text),
    '## Files',
    files(contributes),
    tools(contributes, text),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

const now = await reference();
if (process.argv.includes('--check')) {
  const before = await readFile(target, 'utf8').catch(() => '');
  if (before !== now) {
    console.error('docs/reference.md is not what the manifest says: run `npm run docs`.');
    process.exitCode = 1;
  }
} else {
  await writeFile(target, now);
}
