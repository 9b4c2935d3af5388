/** Texts made to take a reader of Markdown a long time, each of about the length that is asked for. */
export const markdownCases: Readonly<Record<string, (length: number) => string>> = {
  prose: repeated(
    'Some **bold** text with `code`, a [link](https://example.com/x) and words that go on.\n\n',
  ),
  asterisks: repeated('*'),
  'nested emphasis': (length) => around('*', 'a', '*', length),
  'opened emphasis': repeated('*a '),
  'mixed emphasis': repeated('a**b_c*'),
  underscores: repeated('_a*'),
  strikes: repeated('~~a'),
  brackets: repeated('['),
  'images in images': (length) => around('![', 'a', '](b)', length),
  'links half open': repeated('[a]('),
  'links with titles half open': repeated('[a](https://x "'),
  'nested brackets': (length) => around('[', '', ']', length),
  backticks: (length) => {
    const runs: string[] = [];
    for (let size = 0, run = 1; size < length; size += run + 1, run += 1) {
      runs.push('`'.repeat(run));
    }
    return runs.join(' ');
  },
  'backticks that never match': repeated('`a``b```c'),
  'quotes on one line': repeated('>'),
  'deeper and deeper quotes': (length) => stairs('>', ' a\n', length),
  'lazy lines of deep quotes': (length) => `${'> '.repeat(60)}a\n${'b\n'.repeat(length / 2)}`,
  'lists on one line': repeated('- '),
  'lists in lists': (length) => stairs('  ', '- a\n', length),
  'a long list': repeated('- a\n'),
  'a table of many columns': (length) => {
    const columns = Math.floor(length / 6);
    return `${'|a'.repeat(columns)}\n${'|-'.repeat(columns)}\n${'|b'.repeat(columns)}`;
  },
  'a table that fills itself up': (length) => {
    const columns = Math.floor(length / 8);
    return `${'|a'.repeat(columns)}\n${'|-'.repeat(columns)}\n${'|b\n'.repeat(length / 6)}`;
  },
  'a table of many rows': (length) => `|a|b|\n|-|-|\n${'|c|d|\n'.repeat(length / 6)}`,
  pipes: repeated('|\n'),
  fences: repeated('```\n'),
  'an open fence': (length) => `\`\`\`\n${'a\n'.repeat(length / 2)}`,
  'many small blocks of code': repeated('```ts\na\n```\n'),
  definitions: repeated('[a]: x\n'),
  'a definition without end': (length) => `${'[a'.repeat(length / 2)}]: x`,
  headings: repeated('# a\n'),
  'lines under headings': repeated('a\n=\n'),
  angles: repeated('<'),
  addresses: repeated('<https://a'),
  entities: repeated('&amp;'),
  'hidden characters': repeated('a\u200b'),
  'marks on one letter': repeated('\u0301'),
  'one word': repeated('a'),
  'right to left': repeated('مرحبا \u202e'),
};

function repeated(unit: string): (length: number) => string {
  return (length) => unit.repeat(Math.ceil(length / unit.length));
}

function around(open: string, middle: string, close: string, length: number): string {
  const count = Math.floor(length / (open.length + close.length));
  return open.repeat(count) + middle + close.repeat(count);
}

function stairs(step: string, rest: string, length: number): string {
  const lines: string[] = [];
  for (let size = 0, depth = 1; size < length; depth = (depth % 300) + 1) {
    const line = step.repeat(depth) + rest;
    lines.push(line);
    size += line.length;
  }
  return lines.join('');
}
