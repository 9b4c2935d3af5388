import { withHiddenMarked } from '../../../util/hiddenCharacters.ts';

/** The elements that an exported document is made of. None of them runs, loads or submits anything. */
export type Tag =
  | 'article'
  | 'blockquote'
  | 'br'
  | 'code'
  | 'dd'
  | 'details'
  | 'div'
  | 'dl'
  | 'dt'
  | 'em'
  | 'footer'
  | 'h1'
  | 'h2'
  | 'h3'
  | 'h4'
  | 'h5'
  | 'h6'
  | 'header'
  | 'hr'
  | 'li'
  | 'ol'
  | 'p'
  | 'pre'
  | 's'
  | 'section'
  | 'span'
  | 'strong'
  | 'summary'
  | 'table'
  | 'tbody'
  | 'td'
  | 'th'
  | 'thead'
  | 'time'
  | 'tr'
  | 'ul';

/** What an element may say of itself. Addresses are not among it: see {@link Markup.link} and {@link Markup.picture}. */
export interface Attributes {
  readonly class?: string;
  readonly dir?: 'auto';
  readonly start?: string;
  readonly datetime?: string;
  readonly scope?: 'col';
  readonly role?: 'group' | 'img' | 'note';
  readonly tabindex?: '0';
  readonly 'aria-label'?: string;
  readonly 'aria-hidden'?: 'true';
}

/** A piece of content: strings are text, whatever is in them. */
export type Child = string | Markup | undefined | readonly Child[];

const withoutEnd: ReadonlySet<Tag> = new Set(['br', 'hr']);

/** Kinds of pictures that may be part of a document. */
export type PictureType = 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp';

/**
 * Markup that was made here. There is no other way to get one: everything that comes from elsewhere goes through
 * {@link escaped}, which is the only place where text becomes a part of a document.
 */
export class Markup {
  readonly #html: string;

  private constructor(html: string) {
    this.#html = html;
  }

  static make(tag: Tag, attributes: Attributes, ...children: readonly Child[]): Markup {
    const start = `<${tag}${written(attributes)}>`;
    return new Markup(withoutEnd.has(tag) ? start : `${start}${inner(children)}</${tag}>`);
  }

  /** A link that a reader may follow; undefined where the address is no web address without a user name. */
  static link(address: string, ...children: readonly Child[]): Markup | undefined {
    const url = webAddress(address);
    return (
      url &&
      new Markup(`<a href="${escaped(url.href)}" rel="noopener noreferrer nofollow">${inner(children)}</a>`)
    );
  }

  /** A picture with its own bytes, in base64; undefined where they are something else. */
  static picture(mediaType: PictureType, base64: string, alt: string): Markup | undefined {
    return /^[A-Za-z0-9+/]+={0,2}$/.test(base64)
      ? new Markup(`<img class="picture" alt="${escaped(alt)}" src="data:${mediaType};base64,${base64}">`)
      : undefined;
  }

  toString(): string {
    return this.#html;
  }
}

/** An element with its children, text among them as text. */
export function element(tag: Tag, attributes: Attributes, ...children: readonly Child[]): Markup {
  return Markup.make(tag, attributes, ...children);
}

/** What stands around the body of a document. */
export interface Frame {
  readonly title: string;
  /** A language tag, such as `en` or `pt-br`. */
  readonly language: string;
  /** Our own style sheet. */
  readonly css: string;
  /** Of the style sheet as UTF-8, in base64. */
  readonly cssSha256: string;
  readonly strings: { readonly mainLabel: string };
}

/**
 * A whole document, piece by piece. Its policy allows the one style sheet inside of it and pictures that bring
 * their own bytes: no script, no font, no frame, no form, and not a single request.
 */
export function* documentPieces(
  { title, language, css, cssSha256, strings }: Frame,
  body: Iterable<Markup>,
): Generator<string> {
  const policy = `default-src 'none'; style-src 'sha256-${cssSha256}'; img-src data:; base-uri 'none'; form-action 'none'`;
  yield `<!DOCTYPE html>
<html lang="${escaped(language.replace(/[^A-Za-z0-9-]/g, ''))}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(policy).replaceAll('&#39;', "'")}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="dark light">
<title>${escaped(title)}</title>
<style>${css}</style>
</head>
<body>
<main aria-label="${escaped(strings.mainLabel)}">
`;
  for (const part of body) {
    yield `${part.toString()}\n`;
  }
  yield '</main>\n</body>\n</html>\n';
}

/** A web address that names no user; undefined for everything else. */
export function webAddress(text: string): URL | undefined {
  if (text.length > 2_048 || !/^https?:\/\//i.test(text) || !URL.canParse(text)) {
    return undefined;
  }
  const url = new URL(text);
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
  return isWeb && url.username === '' && url.password === '' ? url : undefined;
}

function inner(children: readonly Child[]): string {
  return children
    .map((child) =>
      child === undefined
        ? ''
        : typeof child === 'string'
          ? escaped(child)
          : child instanceof Markup
            ? child.toString()
            : inner(child),
    )
    .join('');
}

function written(attributes: Attributes): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** The one place where text becomes a part of a document. What a reader would not see is written as its number. */
function escaped(text: string): string {
  return withHiddenMarked(text.replace(/\r\n?/g, '\n')).replace(/[&<>"']/g, (sign) => entities[sign] ?? '');
}
