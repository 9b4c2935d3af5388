import type { Sink } from './sinks.ts';

/** How often each sink stands in the code of an owner: a library, or a file of ours. */
type Pins = Readonly<Record<string, Readonly<Partial<Record<Sink, number>>>>>;

/**
 * Every sink in what ships, with why it is harmless. `npm run check:bundles` fails at one more, and at one less:
 * whoever changes a number has looked at the new place.
 */
export const pinnedSinks: Pins = {
  // Lit's own template element; only its policy of trusted types makes the string, and no value is ever in it.
  'page lit-html': { markup: 1 },
  // `highlightElement`, which the page never calls: it takes tokens from `highlight`. The policy would refuse it too.
  'page highlight.js': { markup: 1 },
  'host highlight.js': { markup: 1 },
  'page markdown-it': { plainHttp: 1 },
  'host markdown-it': { plainHttp: 1 },
  // Which copy of its parser to run, and the scheme that a connection without encryption has.
  'host undici': { plainHttp: 1, environment: 3 },
  // The one place where the environment is handed on: to those who look for a key that the user offers.
  'host src/vscode/parts.ts': { environment: 1 },
  // Whether there is a proxy, for the report of the smoke checks.
  'host src/vscode/smoke/proxyInUse.ts': { environment: 2 },
  'host src/vscode/smoke/diagnoseCommand.ts': { environment: 1 },
  // Refuses to send anything while certificates are not looked at, and says why.
  'host src/api/http/editorTransport.ts': { blindTrust: 1 },
  'host src/text/explainConnection.ts': { blindTrust: 2 },
  // The sandbox listens on this machine.
  'host src/sandbox/server.ts': { plainHttp: 3 },
};

/** The libraries in what ships: those of the host are run-time dependencies, those of the page are built in. */
export const bundledLibraries: readonly string[] = [
  ...[
    'host entities',
    'host eventsource-parser',
    'host highlight.js',
    'host linkify-it',
    'host markdown-it',
    'host mdurl',
  ],
  ...['host punycode.js', 'host uc.micro', 'host undici', 'host valibot'],
  ...['page @vscode/codicons', 'page entities', 'page highlight.js', 'page linkify-it'],
  ...['page lit-html', 'page markdown-it', 'page mdurl', 'page punycode.js', 'page uc.micro'],
];

/** What the host's bundles take from outside when they run. undici's core brings most of it. */
export const hostModules: readonly string[] = [
  ...['node:assert', 'node:async_hooks', 'node:buffer', 'node:crypto', 'node:diagnostics_channel'],
  ...['node:dns/promises', 'node:events', 'node:fs/promises', 'node:http', 'node:net', 'node:os'],
  ...['node:path', 'node:querystring', 'node:stream', 'node:tls', 'node:util', 'node:zlib', 'vscode'],
];

/** What comes with `npm ci --omit=dev`: each of these was looked at. */
export const runTimePackages: readonly string[] = [
  ...[
    'argparse@3.0.4',
    'entities@8.1.0',
    'eventsource-parser@4.1.3',
    'linkify-it@6.1.0',
    'highlight.js@11.12.0',
    'markdown-it@15.0.3',
  ],
  ...['mdurl@2.1.0', 'punycode.js@2.3.1', 'uc.micro@3.0.0', 'undici@8.12.4', 'valibot@1.5.0'],
];

/** Packages with an install script, and whether it may run. */
export const installScripts: Readonly<Record<string, boolean>> = {
  node: true,
  esbuild: true,
  '@vscode/vsce-sign': false,
};

/** The files of the package, as patterns; each must match something. `*` stands for part of a name. */
export const packageContents: readonly string[] = [
  ...['[Content_Types].xml', 'extension.vsixmanifest'],
  ...['extension/LICENSE.txt', 'extension/SECURITY.md', 'extension/changelog.md', 'extension/readme.md'],
  ...['extension/package.json', 'extension/package.nls.json', 'extension/package.nls.de.json'],
  'extension/l10n/bundle.l10n.de.json',
  'extension/dist/THIRD-PARTY-NOTICES.txt',
  'extension/dist/extension.cjs',
  'extension/dist/chunks/*.cjs',
  'extension/dist/webview/*.js',
  ...['extension/dist/webview/session-style.css', 'extension/dist/webview/codicon.ttf'],
  ...[
    'extension/media/icons/activity.svg',
    'extension/media/icons/icon.png',
    'extension/media/icons/icon.svg',
  ],
  'extension/media/icons/session-*.svg',
  ...['extension/media/schemas/agent.json', 'extension/media/schemas/environment.json'],
  'extension/media/walkthrough/*.svg',
  'extension/docs/images/session.webp',
];
