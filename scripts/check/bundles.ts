// `npm run check:bundles`: what ships holds no sink, library or module of Node that nobody has looked at.
import { bundledCode, libraryOf } from './bundledCode.ts';
import { compareSets, report } from './findings.ts';
import { bundledLibraries, hostModules, pinnedSinks } from './pins.ts';
import { countOf, pageNetwork, type Sink, sinks } from './sinks.ts';

/** undici's index puts its own agent into slots through which the `fetch` of every other extension goes. */
const forbiddenInput = /node_modules\/undici\/(?:index|lib\/global)\.js$/;

async function findings(): Promise<readonly string[]> {
  const { modules, externals } = await bundledCode();
  const found: string[] = [];
  const counts = new Map<string, number>();
  const libraries = new Set<string>();
  for (const { input, code, inPage } of modules) {
    const side = inPage ? 'page' : 'host';
    const library = libraryOf(input);
    if (library !== undefined) {
      libraries.add(`${side} ${library}`);
    }
    if (forbiddenInput.test(input)) {
      found.push(`${input} must never be bundled`);
    }
    if (inPage && countOf(pageNetwork, code) > 0) {
      found.push(`${input} knows of the network, which the page must not have`);
    }
    for (const sink of Object.keys(sinks) as Sink[]) {
      const key = `${side} ${library ?? input}: ${sink}`;
      counts.set(key, (counts.get(key) ?? 0) + countOf(sinks[sink], code));
    }
  }
  // Icons are a style sheet and a font: no code of theirs is there to be counted.
  libraries.add('page @vscode/codicons');
  const pinned = Object.entries(pinnedSinks).flatMap(([owner, each]) =>
    Object.entries(each).map(([sink, count]) => `${owner}: ${sink} × ${String(count)}`),
  );
  const present = [...counts].flatMap(([key, count]) => (count === 0 ? [] : `${key} × ${String(count)}`));
  return [
    ...found,
    ...compareSets('sink', present, pinned),
    ...compareSets('library', libraries, bundledLibraries),
    ...compareSets('module', externals, hostModules),
  ];
}

report('bundles', await findings());
