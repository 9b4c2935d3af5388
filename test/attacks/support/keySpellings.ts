/**
 * The forms in which a key can turn up: written here once more, apart from the redaction of the product, so
 * that what one forgets the other finds.
 */
export function keySpellings(key: string): ReadonlyMap<string, readonly Buffer[]> {
  const bytes = Buffer.from(key);
  const all = (texts: readonly string[]) => [...new Set(texts)].map((text) => Buffer.from(text));
  const percent = [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
  const escaped = Array.from(key, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
  const html = key.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const half = Math.ceil(key.length / 2);
  return new Map([
    ['raw', all([key])],
    [
      'URL-encoded',
      all([encodeURIComponent(key), encodeURI(key), percent, percent.toUpperCase(), formCoded(key)]),
    ],
    ['base64', all([0, 1, 2].flatMap((shift) => base64Inner(bytes, shift)))],
    [
      'JSON-escaped',
      all([JSON.stringify(key).slice(1, -1), JSON.stringify(JSON.stringify(key)).slice(3, -3), escaped]),
    ],
    ['HTML-escaped', all([html, html.replaceAll('"', '&quot;').replaceAll("'", '&#39;')])],
    [
      'hex',
      all([
        bytes.toString('hex'),
        bytes.toString('hex').toUpperCase(),
        bytes.toString('hex').replace(/..(?=.)/g, '$& '),
      ]),
    ],
    ['reversed', all([Array.from(key).reverse().join('')])],
    ['UTF-16', [Buffer.from(key, 'utf16le'), Buffer.from(key, 'utf16le').swap16()]],
    ['first or last half', all([key.slice(0, half), key.slice(-half)])],
  ]);
}

function formCoded(text: string): string {
  return new URLSearchParams([['', text]]).toString().slice(1);
}

/** What the bytes always look like in base64, whatever `shift` bytes stand before them. */
function base64Inner(bytes: Buffer, shift: number): readonly string[] {
  const padded = Buffer.concat([Buffer.alloc(shift), bytes]);
  const [start, end] = [Math.ceil((shift * 8) / 6), Math.floor((padded.length * 8) / 6)];
  return [padded.toString('base64').slice(start, end), padded.toString('base64url').slice(start, end)];
}
