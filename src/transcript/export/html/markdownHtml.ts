import {
  codeBlockOf,
  isCodeBlock,
  parseMarkdown,
  type Token,
  withPlainLines,
} from '../../messageMarkdown.ts';
import { codeHtml } from './codeHtml.ts';
import { type Child, element, Markup, webAddress } from './markup.ts';

/** What stands inside more than this many others is drawn in the outermost of them. */
const DEEPEST = 48;
/** The headings of the document itself end at this level. */
const OWN_HEADINGS = 2;

interface Open {
  readonly token: Token | undefined;
  readonly children: Child[];
}

export interface MarkdownWords {
  readonly image: string;
  readonly taskDone: string;
  readonly taskOpen: string;
}

/** A message that somebody else wrote, read by the rules of the session page. Pictures are named, never loaded. */
export function markdownHtml(text: string, words: MarkdownWords): Markup {
  const tokens = parseMarkdown(withPlainLines(text), {});
  return element('div', { class: 'md', dir: 'auto' }, blocks(tokens, words));
}

function blocks(tokens: readonly Token[], words: MarkdownWords): readonly Child[] {
  const root: Open = { token: undefined, children: [] };
  const frames: Open[] = [root];
  const close = () => {
    const frame = frames.pop();
    if (frame?.token !== undefined) {
      (frames.at(-1) ?? root).children.push(blockOf(frame.token, frame.children));
    }
  };
  for (const token of tokens) {
    const top = frames.at(-1) ?? root;
    if (token.nesting === 1) {
      const isBare = frames.length > DEEPEST || token.hidden;
      frames.push(isBare ? { token: undefined, children: top.children } : { token, children: [] });
    } else if (token.nesting === -1) {
      close();
    } else {
      top.children.push(leaf(token, words));
    }
  }
  while (frames.length > 1) {
    close();
  }
  return root.children;
}

function blockOf(token: Token, children: readonly Child[]): Child {
  switch (token.type) {
    case 'paragraph_open':
      return element('p', {}, children);
    case 'heading_open':
      return heading(token, children);
    case 'bullet_list_open':
      return element('ul', {}, children);
    case 'ordered_list_open':
      return element('ol', { start: attribute(token, 'start') ?? '1' }, children);
    case 'list_item_open':
      return element('li', {}, children);
    case 'blockquote_open':
      return element('blockquote', {}, children);
    case 'strong_open':
      return element('strong', {}, children);
    case 'em_open':
      return element('em', {}, children);
    case 's_open':
      return element('s', {}, children);
    case 'link_open':
      return linkHtml(attribute(token, 'href') ?? '', children);
    case 'table_open':
      return element('div', { class: 'table', tabindex: '0' }, element('table', {}, children));
    case 'thead_open':
      return element('thead', {}, children);
    case 'tbody_open':
      return element('tbody', {}, children);
    case 'tr_open':
      return element('tr', {}, children);
    case 'th_open':
      return element('th', { scope: 'col', class: alignment(token) }, children);
    case 'td_open':
      return element('td', { class: alignment(token) }, children);
    default:
      return children;
  }
}

/** A link with the host that it really leads to; anything that is no web address stays the text it is. */
export function linkHtml(address: string, children: readonly Child[]): Child {
  const link = Markup.link(address, children.length === 0 ? address : children);
  return link === undefined
    ? children
    : [link, element('span', { class: 'link-host' }, ` (${webAddress(address)?.host ?? ''})`)];
}

function heading(token: Token, children: readonly Child[]): Markup {
  const level = Math.min(6, OWN_HEADINGS + Number(token.tag.slice(1)));
  const tag = (['h3', 'h4', 'h5', 'h6'] as const)[level - 3] ?? 'h6';
  return element(tag, { class: `md-${token.tag}` }, children);
}

function leaf(token: Token, words: MarkdownWords): Child {
  if (isCodeBlock(token)) {
    const { code, info } = codeBlockOf(token);
    return codeHtml(code, info);
  }
  switch (token.type) {
    case 'inline':
      return inlineHtml(token.children ?? [], words);
    case 'code_inline':
      return element('code', {}, token.content);
    case 'softbreak':
      return '\n';
    case 'hardbreak':
      return element('br', {});
    case 'hr':
      return element('hr', {});
    case 'image':
      return element(
        'span',
        { class: 'placeholder' },
        [words.image, token.content, webAddress(attribute(token, 'src') ?? '')?.host ?? '']
          .filter((part) => part !== '')
          .join(' · '),
      );
    default:
      return token.content;
  }
}

/** The words of a block; a task list item begins with its mark. */
function inlineHtml(children: readonly Token[], words: MarkdownWords): Child {
  const [first, ...rest] = children;
  const mark = first?.type === 'text' ? /^\[([ xX])\](?=\s|$)/.exec(first.content)?.[1] : undefined;
  if (first === undefined || mark === undefined) {
    return blocks(children, words);
  }
  const isDone = mark !== ' ';
  return [
    element(
      'span',
      {
        class: isDone ? 'task is-done' : 'task',
        role: 'img',
        'aria-label': isDone ? words.taskDone : words.taskOpen,
      },
      isDone ? '✓' : '',
    ),
    first.content.slice(3),
    ...blocks(rest, words),
  ];
}

/** The parser knows alignment as a style, which the document's policy does not allow; a class it does. */
function alignment(token: Token): string {
  const style = attribute(token, 'style') ?? '';
  return style.endsWith('right') ? 'align-right' : style.endsWith('center') ? 'align-center' : '';
}

function attribute(token: Token, name: string): string | undefined {
  const value = token.attrs?.find(([key]) => key === name)?.[1];
  return value === undefined ? undefined : String(value);
}
