import type { BuildOptions } from 'esbuild';

/** How esbuild makes what ships: the host's bundles, and the page's. */
export function shipped(): BuildOptions[];
