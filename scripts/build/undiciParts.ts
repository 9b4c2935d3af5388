import path from 'node:path';
import type { Plugin } from 'esbuild';

/**
 * What is left out of undici: parts that its dispatcher core names and that no request of ours comes to, since
 * HTTP/2 is off and every body is text or bytes. Each stands for itself: a part that is not in this list is bundled
 * whole, and one that is used in spite of it says so.
 */
const leftOut: Readonly<Record<string, string>> = {
  'dispatcher/client-h2.js': `module.exports = () => { throw new Error('HTTP/2 is not bundled'); };`,
  'web/fetch/body.js': `exports.extractBody = () => { throw new Error('Forms are not bundled'); };`,
  'web/fetch/formdata.js': '',
  'web/webidl/index.js': 'exports.webidl = { is: { FormData: () => false } };',
  // For processors that no editor runs on: on all others both are the same parser.
  'llhttp/llhttp-wasm.js': `module.exports = require('./llhttp_simd-wasm.js');`,
};

/** The parser that undici tries out, which it leaves out itself where this is defined, as Node's own build does. */
export const undiciDefines = { esbuildDetection: 'true' };

export const undiciParts: Plugin = {
  name: 'undici-parts',
  setup(build) {
    build.onLoad({ filter: /[\\/]undici[\\/]lib[\\/].*\.js$/ }, ({ path: file }) => {
      const [, part = ''] = file.split(path.sep).join('/').split('/undici/lib/');
      const contents = leftOut[part];
      return contents === undefined ? undefined : { contents, loader: 'js', resolveDir: path.dirname(file) };
    });
  },
};
