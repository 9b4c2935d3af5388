import path from 'node:path';
import type { Metafile } from 'esbuild';

/** One chunk as it ships: CommonJS that requires others by relative paths. */
export interface Chunk {
  /** Path of the file that esbuild would have written, as its metafile names it. */
  readonly name: string;
  readonly code: string;
  /** Source map as JSON, where there is one. */
  readonly map: string | undefined;
}

/** A chunk below this many bytes is not worth a file of its own. */
const SMALL = 20_000;

/** Where everything goes that is small, and needed by neither of the first two. */
const REST = 'dist/chunks/rest.cjs';

type Outputs = Metafile['outputs'];

/** The chunks that are loaded as soon as one of them is, itself included. */
function staticGraph(outputs: Outputs, entry: string, known = new Set<string>()): Set<string> {
  if (!known.has(entry)) {
    known.add(entry);
    for (const { path: name, kind, external } of outputs[entry]?.imports ?? []) {
      if (kind === 'import-statement' && external !== true) {
        staticGraph(outputs, name, known);
      }
    }
  }
  return known;
}

/**
 * Decides which chunks share a file, so that what is needed together is read together: all that activation needs,
 * all that the first tree needs beyond, and all that is small. What is large has a file of its own.
 * @param first sources in the order in which they are loaded in every window
 */
export function planFiles(outputs: Outputs, first: readonly string[]): ReadonlyMap<string, string> {
  const fileOf = new Map<string, string>();
  for (const source of first) {
    const entry = Object.keys(outputs).find((name) => outputs[name]?.entryPoint === source);
    if (entry === undefined) {
      throw new Error(`No chunk is made of ${source}`);
    }
    for (const name of staticGraph(outputs, entry)) {
      if (!fileOf.has(name)) {
        fileOf.set(name, entry);
      }
    }
  }
  for (const [name, { bytes }] of Object.entries(outputs)) {
    if (!fileOf.has(name)) {
      fileOf.set(name, bytes < SMALL ? REST : name);
    }
  }
  return fileOf;
}

const nameIn = (chunk: string) => path.posix.basename(chunk, '.cjs');

/** What esbuild writes above the code of a chunk: functions of its own, the same in each. */
const HELPER = /^var (__\w+) = (?:[^\n]*;\n|[\s\S]*?\n(?:\};|\)\);|\);)\n)/;

/** Takes esbuild's own functions out of a chunk, to be written once for all. */
function withoutHelpers(code: string, helpers: Map<string, string>): string {
  let rest = code;
  for (let found = HELPER.exec(rest); found !== null; found = HELPER.exec(rest)) {
    const [text, name = ''] = found;
    const known = helpers.get(name);
    if (known !== undefined && known !== text) {
      break; // not what it seemed to be
    }
    helpers.set(name, text);
    rest = rest.slice(text.length);
  }
  return rest;
}

/** Requires of other chunks, as esbuild writes them. */
const CHUNK_REQUIRE = /require\("(\.{1,2}\/[^"]+\.cjs)"\)/g;

/**
 * Writes one file of several chunks. Each is a function that runs at the first require of it, from this file or
 * from another one; its code is the chunk's own, but for its requires of chunks.
 * @param isEntry true for the file that the editor itself requires
 */
export function joinedCode(
  file: string,
  chunks: readonly Chunk[],
  fileOf: ReadonlyMap<string, string>,
  isEntry: boolean,
): { readonly code: string; readonly map: string | undefined } {
  const folder = path.posix.dirname(file);
  const redirect = ({ name, code }: Chunk) =>
    code.replace(CHUNK_REQUIRE, (whole, target: string) => {
      const chunk = path.posix.join(path.posix.dirname(name), target);
      const other = fileOf.get(chunk);
      if (other === undefined) {
        return whole;
      }
      const within = `__chunk(${JSON.stringify(nameIn(chunk))})`;
      const to = path.posix.relative(folder, other);
      return other === file ? within : `require("${to.startsWith('.') ? to : `./${to}`}").${within}`;
    });
  const helpers = new Map<string, string>();
  const lines = ['const __chunks = {'];
  const sections: unknown[] = [];
  for (const chunk of chunks) {
    lines.push(`${JSON.stringify(nameIn(chunk.name))}(module, exports) {`);
    const whole = redirect(chunk);
    // A map counts the lines of its chunk, so that nothing is taken out of one that has a map.
    const code =
      chunk.map === undefined ? withoutHelpers(whole.replace(/^"use strict";\n/, ''), helpers) : whole;
    if (chunk.map !== undefined) {
      sections.push({ offset: { line: lines.length + 1, column: 0 }, map: JSON.parse(chunk.map) as unknown });
    }
    lines.push(...code.trimEnd().split('\n'), '},');
  }
  lines.push(
    '};',
    'const __loaded = {};',
    'exports.__chunk = __chunk;',
    'function __chunk(name) {',
    'let module = __loaded[name];',
    'if (module === undefined) {',
    'module = __loaded[name] = { exports: {} };',
    'let ok = false;',
    'try { __chunks[name](module, module.exports); ok = true; }',
    'finally { if (!ok) delete __loaded[name]; }',
    '}',
    'return module.exports;',
    '}',
    ...(isEntry ? [`Object.assign(exports, __chunk(${JSON.stringify(nameIn(file))}));`] : []),
    '',
  );
  return {
    code: ['"use strict";', ...helpers.values(), ...lines].join('\n'),
    map: sections.length === 0 ? undefined : JSON.stringify({ version: 3, sections }),
  };
}

/** What the metafile says of the files, as if esbuild had written them: what is in them and what they load. */
export function joinedOutputs(
  outputs: Outputs,
  fileOf: ReadonlyMap<string, string>,
  sizes: ReadonlyMap<string, number>,
): Outputs {
  const joined: Outputs = {};
  for (const [file, bytes] of sizes) {
    const within = [...fileOf].flatMap(([name, of]) => (of === file ? (outputs[name] ?? []) : []));
    const imports = new Map<string, Outputs[string]['imports'][number]>();
    for (const each of within.flatMap(({ imports: all }) => all)) {
      const path = fileOf.get(each.path) ?? each.path;
      const key = `${each.kind} ${path}`;
      if (path !== file) {
        imports.set(key, { ...each, path });
      }
    }
    joined[file] = {
      bytes,
      inputs: Object.assign({}, ...within.map(({ inputs }) => inputs)) as Outputs[string]['inputs'],
      imports: [...imports.values()],
      exports: outputs[file]?.exports ?? [],
      ...(outputs[file]?.entryPoint !== undefined && { entryPoint: outputs[file].entryPoint }),
    };
  }
  return joined;
}
