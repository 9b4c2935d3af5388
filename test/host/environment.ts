/** Variables of the person's own shell that would change what an editor under test does. */
const disturbing = [
  /^npm_/i,
  /^VSCODE_/,
  /^ELECTRON_/,
  /^NODE_OPTIONS$/,
  /^NODE_ENV$/,
  /^MOCHA/i,
  /_API_KEY$/,
  /_AUTH_TOKEN$/,
  /^(ANTHROPIC|SYNTH|MANAGED_AGENTS)_/,
];

/** The environment for an editor under test: the person's own without keys and without what steers editors. */
export function testEnvironment(additions: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !disturbing.some((pattern) => pattern.test(name)),
  );
  return { ...Object.fromEntries(kept), ...additions };
}
