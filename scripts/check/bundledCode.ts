import { type BuildOptions, build, transform } from 'esbuild';
import { shipped } from '../../esbuild.js';

/** The code of one module as it stands in a bundle, without comments. */
interface BundledModule {
  /** Path of the source, from the folder of the project. */
  readonly input: string;
  readonly code: string;
  /** True for what runs in the page of a panel, where there is a document and no Node. */
  readonly inPage: boolean;
}

export interface Bundled {
  readonly modules: readonly BundledModule[];
  /** What the host's bundles take from Node and the editor when they run. */
  readonly externals: ReadonlySet<string>;
}

/** What ships, module by module: tree-shaken as it ships, but not minified, so that each can be told apart. */
export async function bundledCode(): Promise<Bundled> {
  const bundles = await Promise.all(shipped().map((options) => bundle(options)));
  return {
    modules: bundles.flatMap(({ modules }) => modules),
    externals: new Set(bundles.flatMap(({ externals }) => [...externals])),
  };
}

/** The library that a source belongs to, or undefined for a source of the project. */
export function libraryOf(input: string): string | undefined {
  return /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];
}

async function bundle(options: BuildOptions): Promise<Bundled> {
  const { outputFiles, metafile } = await build({
    ...options,
    // All but the last, which writes the files.
    plugins: options.plugins?.filter(({ name }) => name !== 'commonjs-chunks') ?? [],
    minify: false,
    sourcemap: false,
    metafile: true,
    write: false,
  });
  const inPage = options.platform === 'browser';
  const scripts = outputFiles.filter(({ path }) => /\.c?js$/.test(path));
  const modules = scripts.flatMap(({ text }) => split(text, new Set(Object.keys(metafile.inputs))));
  const externals = Object.values(metafile.outputs)
    .flatMap(({ imports }) => imports)
    .flatMap(({ external, path }) => (external === true ? path : []));
  const bare = await Promise.all(
    modules.map(async ({ input, code }) => ({
      input,
      code: input === OWN_OF_ESBUILD ? code : await withoutComments(code),
      inPage,
    })),
  );
  return { modules: bare, externals: new Set(externals) };
}

/** Stands for what esbuild writes itself: its helpers, imports between chunks, exports. */
const OWN_OF_ESBUILD = 'esbuild';

/** esbuild writes `// path` above each module; what stands above the first, and exports, are its own. */
function split(
  text: string,
  inputs: ReadonlySet<string>,
): { readonly input: string; readonly code: string }[] {
  const modules: { input: string; code: string }[] = [{ input: OWN_OF_ESBUILD, code: '' }];
  for (const line of text.split('\n')) {
    const named = line.startsWith('// ') ? line.slice(3) : '';
    if (inputs.has(named)) {
      modules.push({ input: named, code: '' });
      continue;
    }
    if (line === 'export {') {
      modules.push({ input: OWN_OF_ESBUILD, code: '' });
    }
    const last = modules.at(-1);
    if (last !== undefined) {
      last.code += `${line}\n`;
    }
  }
  return modules;
}

async function withoutComments(code: string): Promise<string> {
  const { code: bare } = await transform(code, {
    minifyWhitespace: true,
    legalComments: 'none',
    logLevel: 'silent',
  });
  return bare;
}
