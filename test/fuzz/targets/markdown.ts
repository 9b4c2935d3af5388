import { MarkdownCache } from '../../../media/session/markdown.ts';
import {
  codeBlockAt,
  isCodeBlock,
  parseMarkdown,
  type Token,
  withPlainLines,
} from '../../../src/transcript/messageMarkdown.ts';
import { between } from '../../support/random.ts';
import { markdownCases } from '../../support/markdownCases.ts';
import { markdownContext } from '../../support/markdownContext.ts';
import { templateCount, templateDepth, templateText } from '../../support/templateText.ts';
import { hostileTexts } from '../hostileTexts.ts';
import { mutateText, pick, type Random } from '../mutate.ts';
import { assertWarranted, type FuzzTarget, type Work } from '../target.ts';

const PER_ROUND = 20;
/** Every element that Markdown may become; `button` and `i` are the page's own. */
const ELEMENTS =
  /^(?:p|strong|em|s|code|br|blockquote|hr|ol|ul|li|h[3-6]|div|table|thead|tbody|tr|th|td|button|span|pre|i)$/;
/** What nobody's text may put into an element. */
const ATTRIBUTES = /^(?:class|dir|title|type|role|tabindex|start|scope|aria-[a-z]+)$/;

const cases = Object.values(markdownCases);
const { context } = markdownContext();

/** A text of an agent: by the rules of the host, and as the templates of the page, whole and while it is written. */
export const markdown: FuzzTarget = { name: 'Markdown', perRound: PER_ROUND, share: 10, round };

function round(random: Random): Work {
  const cache = new MarkdownCache(() => undefined);
  let size = 0;
  let made = 0;
  for (let each = 0; each < PER_ROUND; each++) {
    const text = hostileText(random);
    size += text.length;
    const tokens = parseMarkdown(withPlainLines(text), {});
    const weight = tokens.reduce((all, { children }) => all + 1 + (children?.length ?? 0), 0);
    // A row of one character may stand for as many cells as its table has columns.
    assertWarranted('tokens', weight, text.length, text.includes('|') ? 160 : 4, 400);
    const key = `row${String(each)}\n0`;
    cache.render(key, text.slice(0, between(random, 0, text.length + 1)), context, true);
    const drawn = cache.render(key, text, context);
    // Each hidden character may become a mark.
    assertWarranted('templates', templateCount(drawn), weight, 12, text.length + 200);
    assertWarranted('templates inside of one another', templateDepth(drawn), 0, 0, 120);
    const written = templateText(drawn);
    assertWarranted('text on the page', written.length, text.length, 60, 4_000 * (1 + tokens.length));
    assertOnlyOurs(written);
    tokens.flatMap((token) => [token, ...(token.children ?? [])]).forEach(assertHarmlessAddress);
    const codes = tokens.filter((token) => isCodeBlock(token)).length;
    if (codes > 0 && codeBlockAt(text, codes - 1) === undefined) {
      throw new Error('The host does not find a block of code that the page shows.');
    }
    made += weight;
  }
  return { inputs: PER_ROUND, size, made };
}

/** Links and pictures lead to the web or are none. */
function assertHarmlessAddress({ attrs }: Token): void {
  for (const [name, value] of attrs ?? []) {
    if ((name === 'href' || name === 'src') && !/^(?:$|https?:\/\/)/i.test(String(value))) {
      throw new Error(`An address of another kind: ${String(value)}`);
    }
  }
}

function hostileText(random: Random): string {
  let text = random() < 0.5 ? pick(random, cases)(between(random, 1, 600)) : '';
  for (let left = between(random, 1, 6); left > 0; left--) {
    text = mutateText(random, text + pick(random, hostileTexts));
  }
  return text;
}

function assertOnlyOurs(written: string): void {
  // In what was written here, text has no `<`.
  for (const [, name = '', attributes = ''] of written.matchAll(
    /<([a-z][\w-]*)((?:\s+[\w@.-]+(?:="[^"]*"?)?)*)/gi,
  )) {
    if (!ELEMENTS.test(name)) {
      throw new Error(`An element of the text's own: ${name}`);
    }
    for (const [, attribute = ''] of attributes.replace(/="[^"]*"?/g, '').matchAll(/\s+([\w@.-]+)/g)) {
      if (!ATTRIBUTES.test(attribute)) {
        throw new Error(`An attribute of the text's own: ${attribute}`);
      }
    }
  }
}
