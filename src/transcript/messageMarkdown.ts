import MarkdownIt, { type Env, type MarkdownIt as Parser, type StateBlock, type Token } from 'markdown-it';

export { type Env, type Token };

/** Quotes and lists inside one another (a list counts twice) beyond this are shown as the text they are. */
const DEEPEST = 20;

/**
 * The parser fills short rows of a table up to its number of columns, so that few bytes can become very many
 * cells: what claims more columns than anybody reads stays the text it is.
 */
const MOST_COLUMNS = 100;

/** How much of a text is read first to find one block of code in it, in UTF-16 units. */
const FIRST_READ = 262_144;

/** A block of code of a message. */
export interface CodeBlock {
  /** Without the line break at its end, which pasted into a terminal would run the last line. */
  readonly code: string;
  /** What stands behind the opening fence; empty for indented code. */
  readonly info: string;
}

const parser = createParser();
const blocksOnly = createParser();
blocksOnly.core.ruler.enableOnly(['normalize', 'block']);

/** The tokens of a message's Markdown. Page and host read with the same rules, so that they count alike. */
export function parseMarkdown(text: string, env: Env): Token[] {
  return parser.parse(text, env);
}

/** The text with line breaks as the parser counts them. */
export function withPlainLines(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

export function isCodeBlock(token: Token): boolean {
  return token.type === 'fence' || token.type === 'code_block';
}

export function codeBlockOf(token: Token): CodeBlock {
  return { code: token.content.replace(/\n$/, ''), info: token.type === 'fence' ? token.info : '' };
}

/** The block of code with that number, counted from 0 in the order of the text; undefined where there is none. */
export function codeBlockAt(text: string, ordinal: number): CodeBlock | undefined {
  const lines = withPlainLines(text);
  for (let length = FIRST_READ; ; length *= 4) {
    const isWhole = length >= lines.length;
    const tokens = blocksOnly.parse(isWhole ? lines : lines.slice(0, length), {});
    const token = tokens.filter(isCodeBlock)[ordinal];
    // The last block may go on behind what was read.
    const isFinished = token !== undefined && tokens.indexOf(token) < lastBlockStart(tokens);
    if (isWhole || isFinished) {
      return token && codeBlockOf(token);
    }
  }
}

function lastBlockStart(tokens: readonly Token[]): number {
  return tokens.findLastIndex((token) => token.level === 0 && token.nesting >= 0 && token.type !== 'inline');
}

function createParser(): Parser {
  const made = new MarkdownIt({ html: false, linkify: false, typographer: false, maxNesting: 2 * DEEPEST });
  // Only what the host would open at all becomes a link; the rest stays the text it is.
  made.validateLink = (url) => /^https?:\/\//i.test(url);
  made.block.ruler.before('table', 'too_deep', tooDeep);
  made.block.ruler.before('table', 'too_wide', tooWide);
  return made;
}

/** The parser drops what is nested too deep; nothing that was said may disappear. */
function tooDeep(state: StateBlock, startLine: number, endLine: number): boolean {
  if (state.level < DEEPEST) {
    return false;
  }
  pushText(state, startLine, endLine);
  return true;
}

/** These lines as a paragraph. */
function pushText(state: StateBlock, startLine: number, endLine: number): void {
  state.push('paragraph_open', 'p', 1).map = [startLine, endLine];
  const inline = state.push('inline', '', 0);
  inline.content = state.getLines(startLine, endLine, state.blkIndent, false).trim();
  inline.map = [startLine, endLine];
  inline.children = [];
  state.push('paragraph_close', 'p', -1);
  state.line = endLine;
}

/** Takes the first two lines of a table that is too wide for a paragraph; its rows then belong to no table. */
function tooWide(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const next = startLine + 1;
  if (next >= endLine || !isWideDelimiter(lineOf(state, next))) {
    return false;
  }
  if (!silent) {
    pushText(state, startLine, startLine + 2);
  }
  return true;
}

function lineOf({ src, bMarks, tShift, eMarks }: StateBlock, line: number): string {
  return src.slice((bMarks[line] ?? 0) + (tShift[line] ?? 0), eMarks[line] ?? 0);
}

function isWideDelimiter(line: string): boolean {
  const columns = line
    .trimEnd()
    .replace(/^\||\|$/g, '')
    .split('|', MOST_COLUMNS + 1);
  return columns.length > MOST_COLUMNS && /^[|:\- \t]+$/.test(line);
}
