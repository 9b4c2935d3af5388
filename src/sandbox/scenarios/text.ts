import type { Scenario } from './scenario.ts';

/** Texts that are hard to show. */
export const awkwardTexts = {
  rtl: [
    'مرحبًا بالعالم! هذه رسالة **من اليمين إلى اليسار** مع `code` وأرقام 123.',
    '',
    '- شيء أول',
    '- شيء ثانٍ',
    '',
    'שלום עולם, עם mixed English באמצע.',
  ].join('\n'),
  table: [
    `| ${Array.from({ length: 16 }, (_, column) => `Column ${String(column + 1)}`).join(' | ')} |`,
    `| ${Array.from({ length: 16 }, (_, column) => (column % 3 === 0 ? '---:' : '---')).join(' | ')} |`,
    ...Array.from(
      { length: 20 },
      (_, row) =>
        `| ${Array.from({ length: 16 }, (__, column) => `value ${String(row)}.${String(column)}`).join(' | ')} |`,
    ),
  ].join('\n'),
  fence:
    'A fence that nobody closes:\n\n```ts\nexport function open(): string {\n  return `still code`;\n}\n\n# no heading, but code',
  hidden:
    'Right to left: \u202Egnp.exe\u202C, zero\u200Bwidth, soft\u00ADhyphen, a tag \u{E0041}, a bell \u0007, and a bar \u2028 across.',
} as const;

/** A megabyte of prose in short paragraphs. */
function largeText(): string {
  const paragraph = 'A long message is made of many short sentences, and each of them is easy to read. ';
  const parts: string[] = [];
  for (let length = 0; length < 1_048_576;) {
    const part = `## Part ${String(parts.length + 1)}\n\n${paragraph.repeat(12)}`;
    parts.push(part);
    length += part.length + 2;
  }
  return parts.join('\n\n');
}

export const text: Scenario = {
  name: 'text',
  usage: '/text rtl|table|fence|hidden|large',
  summary: 'Write a text that is hard to show; `large` is a megabyte',
  play: async (turn, argument) => {
    const awkward = Object.entries(awkwardTexts).find(([name]) => name === argument)?.[1];
    await turn.say(argument === 'large' ? largeText() : (awkward ?? everyText()));
    return 'end_turn';
  },
};

function everyText(): string {
  // The fence comes last, since nothing after it would be seen for what it is.
  const { fence, ...others } = awkwardTexts;
  return [...Object.values(others), fence].join('\n\n');
}
