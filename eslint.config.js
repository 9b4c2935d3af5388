import tseslint from 'typescript-eslint';

/** Sinks that would turn a string from the wire into markup or code. */
const noSinks = [
  {
    selector: 'MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML)$/]',
    message: 'Build nodes; never parse a string as HTML.',
  },
  {
    selector: "CallExpression[callee.object.name='document'][callee.property.name=/^writeln?$/]",
    message: 'Build nodes; never parse a string as HTML.',
  },
  {
    selector:
      "CallExpression[callee.name='eval'], NewExpression[callee.name='Function'], CallExpression[callee.name='Function']",
    message: 'No code from strings.',
  },
  {
    selector: 'CallExpression[callee.name=/^set(Timeout|Interval)$/] > Literal:first-child',
    message: 'No code from strings.',
  },
  { selector: 'ImportDeclaration[source.value=/unsafe-html|unsafe-svg/]', message: 'Lit templates only.' },
];

/** `npm run check` also proves the layers with dependency-cruiser; these say it at the line, in the editor. */
function notHere(names, message) {
  return {
    'no-restricted-imports': ['error', { patterns: names.map((name) => ({ regex: name, message })) }],
  };
}
const noVscode = '^vscode$';
const noUndiciIndex = '^undici(/index(\\.js)?)?$';

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', '.vscode-test/', 'test-results/', '**/*.d.ts'] },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      curly: 'error',
      eqeqeq: 'error',
      'no-console': 'error',
      'no-restricted-syntax': ['error', ...noSinks],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      // Redundant with the compiler, and slow.
      '@typescript-eslint/no-deprecated': 'off',
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/vscode/**', 'src/extension.ts'],
    rules: notHere(
      [noVscode, noUndiciIndex],
      'Only src/vscode and src/extension.ts know the editor; undici comes by its dispatcher core.',
    ),
  },
  {
    files: ['media/**/*.ts'],
    rules: notHere([noVscode, '^node:', 'undici'], 'The page has no editor, no Node and no network.'),
  },
  { files: ['src/cli/**/*.ts', 'scripts/**/*.ts', 'test/host/**/*.ts'], rules: { 'no-console': 'off' } },
  {
    // A signal that is looked at before and after an await is not what this rule takes it for.
    files: ['src/stream/**/*.ts', 'src/api/http/**/*.ts'],
    rules: { '@typescript-eslint/no-unnecessary-condition': 'off' },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      'no-console': 'off',
      // Mocha's own style of floating describe/it, and of this.timeout.
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/only-throw-error': 'off',
      // Byte sources of tests are async generators that have nothing to wait for.
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    files: ['src/api/http/undici*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            { name: 'undici', allowTypeImports: true, message: 'undici comes by its dispatcher core.' },
          ],
        },
      ],
    },
  },
);
