/** In bytes of UTF-8: a directory entry holds 255, and an ending comes behind it. */
const MAX_BYTES = 160;

/** Names that Windows keeps for devices, whatever stands behind the dot. */
const devices = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

/**
 * A file name from a title that somebody else chose: no path, no hidden or control characters, nothing that a
 * file system or a shell reads as more than a name.
 */
export function exportFileName(title: string, sessionId: string, extension: string): string {
  const name = plain(title) || plain(sessionId) || 'session';
  return `${devices.test(name) ? `${name}-session` : name}.${extension}`;
}

/**
 * The name of a file that somebody else wrote, as a name and nothing more: without the folders before it, and with its
 * ending where that is one.
 */
export function plainFileName(name: string, fallback: string): string {
  const last = name.split(/[/\\]/).pop() ?? '';
  const [, stem = last, ending] = /^(.*)\.([A-Za-z0-9]{1,12})$/.exec(last) ?? [];
  if (ending !== undefined && plain(stem) !== '') {
    return exportFileName(stem, fallback, ending);
  }
  const whole = plain(last) || plain(fallback) || 'file';
  return devices.test(whole) ? `${whole}-file` : whole;
}

function plain(text: string): string {
  const words = text
    .slice(0, MAX_BYTES * 4)
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}._ ()+,=@-]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/\.{2,}/g, '.');
  // Begins with no dot (hidden) and no dash (an option to a command), ends with neither dot nor blank (Windows).
  return fitting(words.replace(/^[.\s-]+/, '')).replace(/[.\s]+$/, '');
}

function fitting(text: string): string {
  const characters: string[] = [];
  let bytes = 0;
  for (const character of text) {
    bytes += utf8Length(character);
    if (bytes > MAX_BYTES) {
      break;
    }
    characters.push(character);
  }
  return characters.join('');
}

function utf8Length(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}
