import { withHiddenMarked } from '../util/hiddenCharacters.ts';

/**
 * Text from a server, made fit for a label: one line, nothing invisible, not longer than it is useful.
 * Characters that hide or reorder others are shown by their number instead of having their effect.
 */
export function visible(text: string, limit = 200): string {
  const oneLine = text.slice(0, limit * 4).replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ');
  const shown = withHiddenMarked(oneLine)
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
    .trim();
  return shown.length <= limit ? shown : `${cut(shown, limit - 1)}…`;
}

/** Text for a place where the editor reads `$(name)` as an icon. */
export function withoutIcons(text: string): string {
  return text.replaceAll('$(', '$ (');
}

/** Text for a notification or an input box, where the editor reads `[label](address)` as a link. */
export function withoutLinks(text: string): string {
  return text.replaceAll('](', '] (');
}

/** Never ends inside a surrogate pair. */
function cut(text: string, limit: number): string {
  const end = /[\ud800-\udbff]/.test(text.charAt(limit - 1)) ? limit - 1 : limit;
  return text.slice(0, end);
}
