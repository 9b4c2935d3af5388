// `npm run check:dependencies`: nothing comes with `npm ci` that nobody has looked at.
import { readFile } from 'node:fs/promises';
import { asArray, asObject, asText, field, type JsonObject, type JsonValue } from '../../src/util/json.ts';
import { compareSets, report } from './findings.ts';
import { installScripts, runTimePackages } from './pins.ts';

const EXACT = /^\d+\.\d+\.\d+$/;

async function readJson(name: string): Promise<JsonObject> {
  return asObject(JSON.parse(await readFile(new URL(`../../${name}`, import.meta.url), 'utf8'))) ?? {};
}

const versionText = (value: JsonValue) => asText(value) ?? JSON.stringify(value);
const entries = (object: JsonObject, name: string) => Object.entries(asObject(field(object, name)) ?? {});

async function findings(): Promise<readonly string[]> {
  const manifest = await readJson('package.json');
  const lock = await readJson('package-lock.json');
  const packages = entries(lock, 'packages').map(([path, value]) => ({
    name: path.replace(/^.*node_modules\//, ''),
    path,
    about: asObject(value) ?? {},
  }));
  const installed = packages.filter(({ path }) => path !== '');
  const named = ({ name, about }: (typeof installed)[number]) =>
    `${name}@${asText(field(about, 'version')) ?? '?'}`;
  const shipped = installed.filter(
    ({ about }) => field(about, 'dev') !== true && field(about, 'devOptional') !== true,
  );
  const scripted = installed.filter(({ about }) => field(about, 'hasInstallScript') === true);
  const declared = [...entries(manifest, 'dependencies'), ...entries(manifest, 'devDependencies')];
  const root = packages.find(({ path }) => path === '')?.about ?? {};
  return [
    ...compareSets('run-time package', shipped.map(named), runTimePackages),
    ...compareSets(
      'package with an install script',
      scripted.map(({ name }) => name),
      Object.keys(installScripts),
    ),
    ...compareSets(
      'permission in allowScripts',
      entries(manifest, 'allowScripts').map(([name, allowed]) => `${name}: ${JSON.stringify(allowed)}`),
      Object.entries(installScripts).map(([name, allowed]) => `${name}: ${String(allowed)}`),
    ),
    ...compareSets(
      'dependency of the lock file',
      [...entries(root, 'dependencies'), ...entries(root, 'devDependencies')].map(
        ([name, at]) => `${name}@${versionText(at)}`,
      ),
      declared.map(([name, version]) => `${name}@${versionText(version)}`),
    ),
    ...declared.flatMap(([name, version]) =>
      typeof version === 'string' && EXACT.test(version) ? [] : `${name} is not pinned to one version`,
    ),
    ...installed.flatMap(({ path, about }) => [
      ...(field(about, 'resolved') === undefined ? [] : [`${path} names where it comes from`]),
      ...(asText(field(about, 'integrity'))?.startsWith('sha512-') === true ? [] : [`${path} has no sha512`]),
      ...(field(about, 'link') === true ? [`${path} is a link`] : []),
    ]),
    ...(asArray(field(manifest, 'bundledDependencies')).length > 0
      ? ['bundledDependencies are not allowed']
      : []),
    ...['preinstall', 'install', 'postinstall', 'prepare', 'vscode:uninstall', 'vscode:prepublish'].flatMap(
      (script) =>
        entries(manifest, 'scripts').some(([name]) => name === script)
          ? [`a script runs by itself: ${script}`]
          : [],
    ),
  ];
}

report('dependencies', await findings());
