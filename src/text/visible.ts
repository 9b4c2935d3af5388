/**
 * Text from a server, made fit for a label: one line, nothing invisible, not longer than it is useful.
 * Characters that hide or reorder others (controls for direction, zero-width and tag characters, Unicode's
 * "Trojan Source" set) are shown by their number instead of having their effect.
 */
export function visible(text: string, limit = 200): string {
  const shown = text
    .slice(0, limit * 4)
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
    .replace(hidden, (character) => `⟨${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}⟩`)
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
    .trim();
  return shown.length <= limit ? shown : `${cut(shown, limit - 1)}…`;
}

const hidden =
  /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0]|[\u{e0000}-\u{e007f}]/gu;

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
