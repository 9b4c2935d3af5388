import { visible } from './visible.ts';

/** Longer than any text of a report may usefully be. */
const MAX_LENGTH = 1_000;

/**
 * Text of unknown origin as Markdown that shows exactly that text, in one line: no link, image, HTML, emphasis,
 * table cell, formula or automatic link can come of it. Characters that do not show are made visible.
 */
export function markdownText(text: string): string {
  return visible(text, MAX_LENGTH)
    .replace(/[\\`*_[\]|~#!@$]|[.:](?=\S)|\/(?=\/)/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .trim();
}

/** A short technical text as code where it is harmless there, else as plain text. */
export function markdownCode(text: string): string {
  return /^[\w .:/{}=-]+$/.test(text) ? `\`${text}\`` : markdownText(text);
}
