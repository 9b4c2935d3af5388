// `npm run check:package -- [file]`: the package holds the files of the list, and each of them is what it says.
import { readFile } from 'node:fs/promises';
import { compareSets, report } from './findings.ts';
import { packageContents } from './pins.ts';
import { readZip, type ZipEntry } from './readZip.ts';

/** What nobody publishes: sources, maps, keys, places of the machine that built it. */
const NEVER = /\.(?:ts|map|pem|key|env|tsbuildinfo)$|(?:^|\/)(?:node_modules|src|test|\.git|\.env)(?:\/|$)/;
const MAP = /\/\/[#@] ?sourceMappingURL=/;

function matcher(pattern: string): (name: string) => boolean {
  const [before = '', after] = pattern.split('*');
  if (after === undefined) {
    return (name) => name === pattern;
  }
  return (name) => {
    const inside = name.slice(before.length, name.length - after.length);
    return name === `${before}${inside}${after}` && inside !== '' && !inside.includes('/');
  };
}

export function contentFindings(entries: readonly ZipEntry[]): readonly string[] {
  const names = entries.map(({ name }) => name);
  const matched = names.map((name) => packageContents.find((pattern) => matcher(pattern)(name)) ?? name);
  const scripts = entries.filter(({ name }) => /\.c?js$/.test(name));
  return [
    ...compareSets('file of the package', matched, packageContents),
    ...names.filter((name) => NEVER.test(name)).map((name) => `must never ship: ${name}`),
    ...(new Set(names).size === names.length ? [] : ['a file is in the package twice']),
    ...scripts.flatMap(({ name, text }) => (MAP.test(text()) ? [`names a source map: ${name}`] : [])),
    ...scripts.flatMap(({ name, text }) =>
      text().includes(process.cwd()) ? [`names the folder of the build: ${name}`] : [],
    ),
  ];
}

if (import.meta.main) {
  const file = process.argv[2] ?? 'managed-agents.vsix';
  report('package', contentFindings(readZip(await readFile(file))));
}
