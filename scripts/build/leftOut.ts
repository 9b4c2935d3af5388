import path from 'node:path';
import type { Plugin } from 'esbuild';

/**
 * What is left out of libraries: files that are named in them and that nothing of ours comes to. Each stands for
 * itself: a file that is not in this list is bundled whole, and one that is used in spite of it says so.
 */
const leftOut: Readonly<Record<string, string>> = {
  // HTTP/2 is off, and every body is text or bytes.
  'undici/lib/dispatcher/client-h2.js': `module.exports = () => { throw new Error('HTTP/2 is left out'); };`,
  'undici/lib/web/fetch/body.js': `exports.extractBody = () => { throw new Error('Forms are left out'); };`,
  'undici/lib/web/fetch/formdata.js': '',
  'undici/lib/web/webidl/index.js': 'exports.webidl = { is: { FormData: () => false } };',
  // For processors that no editor runs on: on all others both are the same parser.
  'undici/lib/llhttp/llhttp-wasm.js': `module.exports = require('./llhttp_simd-wasm.js');`,
  // What is no link in Markdown is none for us: `linkify` is off.
  'linkify-it/build/index.mjs':
    'export class LinkifyIt { test() { throw new Error("Linkify is left out"); } }',
};

/** A parser that undici tries out and leaves out itself where this is defined, as in Node's own build of it. */
export const leftOutBy = { esbuildDetection: 'true' };

export const withoutLeftOut: Plugin = {
  name: 'without-left-out',
  setup(build) {
    build.onLoad({ filter: /[\\/]node_modules[\\/](?:undici|linkify-it)[\\/]/ }, ({ path: file }) => {
      const contents = leftOut[file.split(path.sep).join('/').split('/node_modules/').at(-1) ?? ''];
      return contents === undefined ? undefined : { contents, loader: 'js', resolveDir: path.dirname(file) };
    });
  },
};
