/** A language of code, as a reader, the editor and the highlighter know it. */
export interface CodeLanguage {
  /** For people; languages have the same name everywhere. */
  readonly name: string;
  /** The editor's language id. */
  readonly editor: string;
  /** Without a dot. */
  readonly extension: string;
  /** What authors write behind a fence, in lower case. */
  readonly labels: readonly string[];
  /** The highlighter's grammar, where the page has one. */
  readonly grammar?: Grammar;
}

/** The grammars that the page's highlighter brings. */
export type Grammar =
  | 'bash'
  | 'c'
  | 'cpp'
  | 'csharp'
  | 'css'
  | 'diff'
  | 'dockerfile'
  | 'go'
  | 'ini'
  | 'java'
  | 'javascript'
  | 'json'
  | 'markdown'
  | 'python'
  | 'rust'
  | 'sql'
  | 'typescript'
  | 'xml'
  | 'yaml';

const languages: readonly CodeLanguage[] = [
  language('TypeScript', 'typescript', 'ts', ['ts', 'mts', 'cts'], 'typescript'),
  language('TSX', 'typescriptreact', 'tsx', ['tsx'], 'typescript'),
  language('JavaScript', 'javascript', 'js', ['js', 'mjs', 'cjs', 'node'], 'javascript'),
  language('JSX', 'javascriptreact', 'jsx', ['jsx'], 'javascript'),
  language('Python', 'python', 'py', ['py', 'python3', 'pyi'], 'python'),
  language(
    'Shell',
    'shellscript',
    'sh',
    ['sh', 'bash', 'zsh', 'shell', 'console', 'shell-session', 'terminal'],
    'bash',
  ),
  language('JSON', 'json', 'json', ['json'], 'json'),
  language('JSON with Comments', 'jsonc', 'jsonc', ['jsonc', 'json5'], 'json'),
  language('JSON Lines', 'jsonl', 'jsonl', ['jsonl', 'ndjson'], 'json'),
  language('YAML', 'yaml', 'yaml', ['yaml', 'yml'], 'yaml'),
  language('HTML', 'html', 'html', ['html', 'htm', 'vue', 'svelte'], 'xml'),
  language('XML', 'xml', 'xml', ['xml', 'svg', 'xsd', 'xslt', 'plist'], 'xml'),
  language('CSS', 'css', 'css', ['css'], 'css'),
  language('SCSS', 'scss', 'scss', ['scss', 'sass'], 'css'),
  language('Less', 'less', 'less', ['less'], 'css'),
  language('Go', 'go', 'go', ['go', 'golang'], 'go'),
  language('Rust', 'rust', 'rs', ['rs', 'rust'], 'rust'),
  language('Java', 'java', 'java', ['java'], 'java'),
  language('C', 'c', 'c', ['c', 'h'], 'c'),
  language('C++', 'cpp', 'cpp', ['cpp', 'c++', 'cc', 'cxx', 'hpp', 'hxx'], 'cpp'),
  language('C#', 'csharp', 'cs', ['cs', 'c#', 'csharp', 'dotnet'], 'csharp'),
  language('SQL', 'sql', 'sql', ['sql', 'postgres', 'postgresql', 'psql', 'mysql', 'sqlite'], 'sql'),
  language('Diff', 'diff', 'diff', ['diff', 'patch'], 'diff'),
  language('Markdown', 'markdown', 'md', ['md', 'markdown', 'mdx'], 'markdown'),
  language('Dockerfile', 'dockerfile', 'dockerfile', ['docker', 'dockerfile', 'containerfile'], 'dockerfile'),
  language('INI', 'ini', 'ini', ['ini', 'cfg', 'conf', 'editorconfig'], 'ini'),
  language('TOML', 'toml', 'toml', ['toml'], 'ini'),
  language('Properties', 'properties', 'properties', ['properties', 'env', 'dotenv'], 'ini'),
  language('Ruby', 'ruby', 'rb', ['rb', 'ruby']),
  language('PHP', 'php', 'php', ['php']),
  language('Swift', 'swift', 'swift', ['swift']),
  language('Kotlin', 'kotlin', 'kt', ['kt', 'kts', 'kotlin']),
  language('PowerShell', 'powershell', 'ps1', ['powershell', 'ps1', 'pwsh']),
  language('Makefile', 'makefile', 'mk', ['make', 'makefile', 'mk']),
];

const byLabel = new Map(languages.flatMap((known) => known.labels.map((label) => [label, known] as const)));

/** The first word behind a fence, such as "ts" of "ts title=retry.ts" or of "{.ts}". */
export function fenceLabel(info: string): string {
  return /^[\s{.]*([^\s{},:]*)/.exec(info)?.[1] ?? '';
}

/** The language that a fence names, or undefined where it names none that we know. */
export function codeLanguage(info: string): CodeLanguage | undefined {
  const label = fenceLabel(info).toLowerCase();
  return byLabel.get(label) ?? languages.find((known) => known.editor === label);
}

function language(
  name: string,
  editor: string,
  extension: string,
  labels: readonly string[],
  grammar?: Grammar,
): CodeLanguage {
  return { name, editor, extension, labels, ...(grammar !== undefined && { grammar }) };
}
