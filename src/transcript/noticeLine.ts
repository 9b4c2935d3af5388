import type { NoticeCode, NoticeText } from './row.ts';

/** How times, numbers and money are written in the reader's language. */
export interface NoticeFormat {
  readonly duration: (ms: number) => string;
  readonly compact: (value: number) => string;
  /** Whole cents. */
  readonly money: (cents: number, currency: string) => string;
}

/**
 * A line in words. Numbers travel as they are and are written here: `{duration}` of `durationMs`, `{input}` and
 * `{output}` as counts, `{budget}` of `cents` in a `currency`. Parts in square brackets, such as `[: {text}]`,
 * are left out where something in them is not known.
 */
export function noticeLine(
  row: NoticeText & { readonly more?: readonly NoticeText[] },
  texts: Readonly<Record<NoticeCode, string>>,
  format: NoticeFormat,
): string {
  return [row, ...(row.more ?? [])].map((each) => said(each, texts, format)).join(' · ');
}

function said(
  { code, args }: NoticeText,
  texts: Readonly<Record<NoticeCode, string>>,
  format: NoticeFormat,
): string {
  const values: Record<string, string> = { ...args };
  const write = (name: string, from: string, written: (value: number) => string) => {
    const value = args[from];
    if (value !== undefined && value !== '') {
      values[name] = written(Number(value));
    }
  };
  write('duration', 'durationMs', format.duration);
  write('input', 'input', format.compact);
  write('output', 'output', format.compact);
  write('budget', 'cents', (cents) => format.money(cents, args['currency'] ?? ''));
  return fillKnown(texts[code], values);
}

/** Fills a text. A part in square brackets is left out where something in it is not known. */
export function fillKnown(template: string, args: Readonly<Record<string, string>>): string {
  const value = (name: string | undefined) =>
    name !== undefined && Object.hasOwn(args, name) ? (args[name] ?? '') : '';
  // Piece by piece, so that what a server wrote is never read as a part of the text.
  const filled = (piece: string) => piece.replace(/\{(\w+)\}/g, (_whole, name: string) => value(name));
  const isKnown = (piece: string) =>
    [...piece.matchAll(/\{(\w+)\}/g)].every(([, name]) => value(name) !== '');
  return template
    .split(/(\[[^\]]*\])/)
    .map((piece) => {
      if (!piece.startsWith('[')) {
        return filled(piece);
      }
      const inner = piece.slice(1, -1);
      return isKnown(inner) ? filled(inner) : '';
    })
    .join('')
    .trim();
}
