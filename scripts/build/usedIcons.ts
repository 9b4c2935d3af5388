import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';
import { subsetFont } from './subsetFont.ts';

/** The style sheet that gives every icon its character, and so says which the font has to have. */
const ICONS = 'media/session/styles/icons.css';

/** Ships the icon font with the icons that are used. */
export const usedIcons: Plugin = {
  name: 'used-icons',
  setup(build) {
    build.onLoad({ filter: /codicon\.ttf$/ }, async ({ path }) => {
      const styles = await readFile(ICONS, 'utf8');
      const characters = styles.matchAll(/content:\s*'\\([0-9a-f]+)'/g);
      const codes = [...characters].map(([, code = '']) => Number.parseInt(code, 16));
      return { contents: subsetFont(await readFile(path), codes), loader: 'file', watchFiles: [ICONS] };
    });
  },
};
