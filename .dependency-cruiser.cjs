const { readdirSync } = require('node:fs');
const path = require('node:path');

/** The layers of src and media, and who may know whom. Checked by `npm run check:layers`. */
const layer = (name, from, mayUse, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: '^(src|media)/', pathNot: mayUse },
});

const layers = [
  layer('util', '^src/util/', '^src/util/', 'util knows nothing else'),
  layer('api', '^src/api/', '^src/(api|util)/', 'api: one request and its answer'),
  layer('stream', '^src/stream/', '^src/(stream|api|util)/', 'stream: live events on top of api'),
  layer('transcript', '^src/transcript/', '^src/(transcript|stream|api|util)/', 'transcript: events to rows'),
  layer(
    'browse',
    '^src/browse/',
    '^src/(browse|transcript|text|api|util)/|^src/l10n',
    'browse: what the tree shows, and what deserves attention',
  ),
  layer(
    'sessionSearch',
    '^src/sessionSearch/',
    '^src/(sessionSearch|browse|transcript|stream|api|util)/',
    'sessionSearch: a text in all sessions',
  ),
  layer(
    'eventLog',
    '^src/eventLog/',
    '^src/(eventLog|protocol|transcript|stream|api|util)/|^src/text/visible',
    'eventLog: events as lines of a log',
  ),
  layer(
    'timeline',
    '^src/timeline/',
    '^src/(timeline|protocol|transcript|stream|api|util)/',
    'timeline: events as spans of time',
  ),
  layer(
    'text',
    '^src/text/',
    '^src/(text|api|util)/|^src/l10n|^src/protocol/\\w*[sS]trings',
    'text: the catalogue of texts for people',
  ),
  layer(
    'edit',
    '^src/edit/',
    '^src/(edit|documents|contract|api|util)/|^src/l10n',
    'edit: what of an agent, environment or session may be changed, and to what',
  ),
  layer(
    'documents',
    '^src/documents/',
    '^src/(documents|util)/|^src/text/visible',
    'documents: agents and environments as text',
  ),
  layer(
    'smoke',
    '^src/smoke/',
    '^src/(smoke|text|stream|api|util)/|^src/l10n',
    'smoke: checks on top of stream',
  ),
  layer(
    'contract',
    '^src/contract/',
    '^src/(contract|text|api|util)/|^src/l10n',
    'contract: which operations a server offers',
  ),
  layer(
    'sandbox',
    '^src/sandbox/',
    '^src/(sandbox|util)/|^src/api/(operations|resources)',
    'sandbox: a server; it must not share the client',
  ),
  layer(
    'protocol',
    '^src/protocol/',
    '^src/(protocol|util)/|^src/(transcript/(row|transcript)|stream/feedState|api/errors)',
    'protocol: types and pure functions',
  ),
  layer(
    'cli',
    '^src/cli/',
    '^src/(cli|smoke|contract|sandbox|transcript|stream|text|api|util)/|^src/l10n',
    'cli: the same core from a terminal',
  ),
  layer('page', '^media/', '^media/|^src/(protocol|transcript|util)/', 'page: no host code'),
];

// A new folder says here whom it may know. The shell is the top, and may know everybody.
const named = new Set([...layers.map(({ name }) => name), 'vscode']);
for (const entry of readdirSync(path.join(__dirname, 'src'), { withFileTypes: true })) {
  if (entry.isDirectory() && !named.has(entry.name)) {
    throw new Error(`src/${entry.name} has no layer in .dependency-cruiser.cjs`);
  }
}

module.exports = {
  forbidden: [
    ...layers,
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'undici-by-file',
      severity: 'error',
      comment: 'its index replaces the process-wide dispatcher',
      from: { pathNot: '^src/api/http/undiciCore' },
      to: { path: 'node_modules/undici', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'editor-only-in-shell',
      severity: 'error',
      from: { path: '^(src|media)/', pathNot: '^src/(vscode/|extension\\.ts)' },
      to: { path: '^vscode$' },
    },
    { name: 'no-test-code', severity: 'error', from: { path: '^(src|media)/' }, to: { path: '^test/' } },
    {
      name: 'no-dev-dependency',
      severity: 'error',
      comment: 'what ships in the host uses run-time dependencies only',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: '@types|vscode' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.js'] },
  },
};
