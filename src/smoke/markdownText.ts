/**
 * Text of unknown origin as Markdown that shows exactly that text, in one line: no link, image, HTML, emphasis,
 * table cell, formula or automatic link can come of it. Characters that do not show are made visible.
 */
export function markdownText(text: string): string {
  return visibleText(text)
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

/**
 * One line without characters that act on a terminal or on the order of the text: control characters become
 * spaces, invisible and direction-changing ones are named by their code point.
 */
export function visibleText(text: string): string {
  return text
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
    .replace(/[\p{Cf}\u3164\ufe00-\ufe0f]|\p{Cs}/gu, (hidden) => {
      const point = (hidden.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
      return `[U+${point}]`;
    });
}
