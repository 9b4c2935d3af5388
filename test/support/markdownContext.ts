import type { CodePlace, MarkdownContext } from '../../media/session/view/context.ts';
import { pageStringsEn } from './pageStrings.en.ts';

/** What the Markdown of a page asked for. */
export interface Asked {
  readonly links: string[];
  readonly opened: CodePlace[];
  readonly inserted: CodePlace[];
  readonly copied: string[];
  readonly announced: string[];
  /** Keys of rows that are to be drawn again. */
  readonly redrawn: string[];
}

/** A context for Markdown without a page, and a record of what it is asked for. */
export function markdownContext(): { readonly context: MarkdownContext; readonly asked: Asked } {
  const asked: Asked = { links: [], opened: [], inserted: [], copied: [], announced: [], redrawn: [] };
  const context: MarkdownContext = {
    strings: pageStringsEn,
    actions: {
      openLink: (url) => void asked.links.push(url),
      copyCode: (place) => void asked.opened.push(place),
      openCode: (place) => void asked.opened.push(place),
      insertCode: (place) => void asked.inserted.push(place),
      copyText: async (text) => void asked.copied.push(text),
      announce: (text) => void asked.announced.push(text),
      changeRow: (key) => void asked.redrawn.push(key),
      grow: (key) => void asked.redrawn.push(key),
    },
  };
  return { context, asked };
}
