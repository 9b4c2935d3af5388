// Builds what ships and what the in-host tests need. `--production` minifies; `--watch` rebuilds. What ships is
// described by `shipped()`, for the checks of the bundles as well.
import { existsSync } from 'node:fs';
import { glob, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, relative, sep } from 'node:path';
import { build, context, transform } from 'esbuild';
import { joinedCode, joinedOutputs, planFiles } from './scripts/build/joinChunks.ts';
import { leftOutBy, withoutLeftOut } from './scripts/build/leftOut.ts';
import { usedIcons } from './scripts/build/usedIcons.ts';

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/** Loaded in every window, in this order. */
const first = ['src/extension.ts', 'src/vscode/parts.ts'];

/**
 * What a dynamic import names is loaded at its first use. esbuild splits modules only in ESM, and the editor asks
 * for CommonJS: so the bundles are made as ESM, with what they share in chunks, each is rewritten, and those that
 * are needed together are joined.
 */
const commonJsChunks = {
  name: 'commonjs-chunks',
  setup({ initialOptions, onEnd }) {
    initialOptions.write = false;
    onEnd(async ({ outputFiles = [], metafile, errors }) => {
      if (errors.length > 0) {
        return;
      }
      const fileOf = planFiles(metafile.outputs, first);
      const chunks = await Promise.all(
        outputFiles.map(async ({ path, text }) => {
          const { code, map } = await transform(text, {
            format: 'cjs',
            platform: 'node',
            target: host.target,
            sourcemap: production ? false : 'external',
            sourcefile: basename(path),
            supported: host.supported,
          });
          return { name: relative('.', path).replaceAll(sep, '/'), code, map: map || undefined };
        }),
      );
      const sizes = new Map();
      for (const file of new Set(fileOf.values())) {
        const within = chunks.filter(({ name }) => fileOf.get(name) === file);
        const { code, map } = joinedCode(file, within, fileOf, file === 'dist/extension.cjs');
        const whole = production
          ? (await transform(code, { minify: true, format: 'cjs', target: host.target })).code
          : `${code}//# sourceMappingURL=${inline(map ?? '')}\n`;
        await mkdir(dirname(file), { recursive: true });
        await writeFile(file, whole);
        sizes.set(file, Buffer.byteLength(whole));
      }
      metafile.outputs = joinedOutputs(metafile.outputs, fileOf, sizes);
    });
  },
};

function inline(map) {
  return `data:application/json;base64,${Buffer.from(map).toString('base64')}`;
}

const common = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
};

/** What runs in the extension host: the oldest editor we support runs Node 22. */
const host = {
  ...common,
  platform: 'node',
  target: 'node22',
  outExtension: { '.js': '.cjs' },
  external: ['vscode'],
  supported: { 'dynamic-import': false },
};

/** How esbuild makes what ships: the host's bundles, and the page's. */
export function shipped() {
  return [
    {
      ...host,
      entryPoints: { extension: 'src/extension.ts' },
      outdir: 'dist',
      format: 'esm',
      splitting: true,
      chunkNames: 'chunks/[name]-[hash]',
      sourcemap: production ? false : 'inline',
      // A dynamic import stays one until the chunks are rewritten.
      supported: {},
      plugins: [withoutLeftOut, commonJsChunks],
      define: leftOutBy,
    },
    {
      ...common,
      entryPoints: { session: 'media/session/main.ts', 'session-style': 'media/session/session.css' },
      outdir: 'dist/webview',
      platform: 'browser',
      format: 'esm',
      target: 'chrome138',
      plugins: [usedIcons, withoutLeftOut],
      assetNames: '[name]',
      // Markdown is loaded after the first paint.
      splitting: true,
      chunkNames: '[name]-[hash]',
    },
  ].filter(({ entryPoints }) => Object.values(entryPoints).every((entry) => existsSync(entry)));
}

async function configurations() {
  const suites = await Array.fromAsync(glob('test/integration/**/*.ts'));
  return [
    ...shipped(),
    ...(production || suites.length === 0
      ? []
      : [
          {
            ...host,
            format: 'cjs',
            minify: false,
            entryPoints: suites,
            outbase: 'test/integration',
            outdir: 'dist/test/integration',
            external: ['vscode', 'mocha'],
          },
        ]),
  ];
}

/** The licences of everything that is bundled: their texts must travel with the code. */
async function notices(inputs) {
  const packages = new Set(
    inputs.flatMap((input) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? []),
  );
  const parts = [];
  for (const name of [...packages].sort()) {
    const folder = `node_modules/${name}`;
    const { version, license } = JSON.parse(await readFile(`${folder}/package.json`, 'utf8'));
    const files = await Array.fromAsync(glob(`${folder}/LICENSE*`));
    const texts = await Promise.all(files.sort().map((file) => readFile(file, 'utf8')));
    parts.push([`${name} ${version} (${license})`, ...texts.map((text) => text.trim())].join('\n\n'));
  }
  return `${parts.join(`\n\n${'-'.repeat(72)}\n\n`)}\n`;
}

async function main() {
  if (!watch) {
    await rm('dist', { recursive: true, force: true });
  }
  const all = await configurations();
  if (watch) {
    await Promise.all(all.map(async (options) => (await context({ ...options, logLevel: 'info' })).watch()));
    return;
  }
  const results = await Promise.all(all.map((options) => build(options)));
  const inputs = results.flatMap(({ metafile }) => Object.keys(metafile.inputs));
  // Loading this file would replace the dispatcher of every other extension's fetch.
  const forbidden = inputs.filter((input) => /undici\/(lib\/global|index)\.js$/.test(input));
  if (forbidden.length > 0) {
    throw new Error(`Must not be bundled: ${forbidden.join(', ')}`);
  }
  await mkdir('dist', { recursive: true });
  await writeFile('dist/THIRD-PARTY-NOTICES.txt', await notices(inputs));
  const outputs = Object.assign({}, ...results.map(({ metafile }) => metafile.outputs));
  await writeFile('dist/meta.json', JSON.stringify({ outputs }, undefined, 1));
}

if (import.meta.main) {
  await main();
}
