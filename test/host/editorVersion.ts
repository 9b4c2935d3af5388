/** A VS Code the tests run in, and what brings it from the npm registry. */
export interface EditorVersion {
  /** VS Code's own version. */
  readonly vscode: string;
  /** The npm package `code-server` of this version carries that VS Code as a server. */
  readonly codeServer: string;
  /** SHA-512 of the package, so that nothing else is ever unpacked and run. */
  readonly integrity: string;
  /** The Node.js this VS Code embeds on the desktop, where the project's own is not good enough. */
  readonly node?: string;
  /** Corrections to dependencies that the package names by a git address. */
  readonly dependencies?: Readonly<Record<string, string>>;
}

const current: EditorVersion = {
  vscode: '1.139.1',
  codeServer: '4.139.1',
  integrity:
    'sha512-fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew==',
};

/** The oldest VS Code the extension promises to run in (`engines.vscode`). */
const floor: EditorVersion = {
  vscode: '1.105.1',
  codeServer: '4.105.1',
  integrity:
    'sha512-uYQwGkhOMR1/1vkuvj8oR6A03yBcWvxemR4hZdMnBLyZKreZFx4oGhUSVq9lXedXb4kc0jwtYfoeee1J0Q09bw==',
  node: '22.19.0',
  dependencies: { '@parcel/watcher': '2.5.6' },
};

/**
 * The version that `VSCODE_TEST_VERSION` asks for, by VS Code's number or the package's; the current one by default.
 * Throws on a version the launcher does not know.
 */
export function chooseEditorVersion(wanted: string | undefined): EditorVersion {
  if (wanted === undefined || wanted === '') {
    return current;
  }
  const known = [current, floor];
  const match = known.find((version) => version.vscode === wanted || version.codeServer === wanted);
  if (match === undefined) {
    const numbers = known.map((version) => `${version.vscode} (code-server ${version.codeServer})`);
    throw new Error(`VSCODE_TEST_VERSION=${wanted} is not known here. Known: ${numbers.join(', ')}.`);
  }
  return match;
}
