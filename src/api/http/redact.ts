const MARK = '•••';

/** Things that look like a credential wherever they stand. */
const patterns: readonly RegExp[] = [
  /(\bbearer\s+)[^\s"',;]+/gi,
  /((?:\b|_)(?:x-api-key|authorization|api[-_]?key)\\?["']?\s*[:=]\s*\\?["']?(?:(?:basic|digest|token)\s+)?)(?!bearer\b)[^\s"',;]+/gi,
  /()\bsk-[A-Za-z0-9_-]{8,}/g,
];

/**
 * Cuts credentials out of texts on their way to a person, a log or a report: every live key by value, in
 * each form in which it can be echoed, and anything that looks like one.
 */
export class Redactor {
  private readonly secrets = new Map<string, readonly string[]>();

  /** Makes a key known for as long as this object lives; keys that were replaced stay secret. */
  learn(key: string): void {
    if (key.length >= 8 && !this.secrets.has(key)) {
      this.secrets.set(key, spellings(key));
    }
  }

  /** Cuts the known keys and nothing else, for texts that are data. */
  cutKeys(text: string): string {
    let clean = text;
    for (const forms of this.secrets.values()) {
      for (const form of forms) {
        clean = clean.replaceAll(form, MARK);
      }
    }
    return clean;
  }

  redact(text: string): string {
    const spans = [...this.secrets.values()].flat().flatMap((form) => [...places(text, form)]);
    let clean = cut(text, spans);
    for (const pattern of patterns) {
      clean = clean.replace(pattern, `$1${MARK}`);
    }
    return clean;
  }
}

/** From the first character of a piece of text to the one behind its last. */
type Span = readonly [start: number, end: number];

/** Shortest beginning or end of a long spelling that is cut out too, as far as it goes on like the whole. */
const PART = 16;

/** Where a spelling stands in a text, whole or in part. */
function* places(text: string, form: string): Generator<Span> {
  const part = form.length >= PART * 1.5 ? PART : form.length;
  const head = form.slice(0, part);
  for (let start = text.indexOf(head); start >= 0; start = text.indexOf(head, start + 1)) {
    let length = part;
    while (length < form.length && text[start + length] === form[length]) {
      length++;
    }
    yield [start, start + length];
  }
  const tail = form.slice(-part);
  for (let at = text.indexOf(tail); at >= 0; at = text.indexOf(tail, at + 1)) {
    const end = at + part;
    let length = part;
    while (length < form.length && text[end - length - 1] === form[form.length - length - 1]) {
      length++;
    }
    yield [end - length, end];
  }
}

/** Puts one mark in the place of each run of spans, which may overlap. */
function cut(text: string, spans: readonly Span[]): string {
  const parts: string[] = [];
  let done = 0;
  for (const [start, end] of spans.toSorted((a, b) => a[0] - b[0])) {
    if (start > done || parts.length === 0) {
      parts.push(text.slice(done, start), MARK);
    }
    done = Math.max(done, end);
  }
  return parts.join('') + text.slice(done);
}

/** How a key can turn up: raw, in a URL, a form, JSON or HTML, in hex, or in base64 at any of three alignments. */
function spellings(key: string): readonly string[] {
  const inUrl = encodeURIComponent(key.toWellFormed());
  const escaped = JSON.stringify(key).slice(1, -1);
  const inHtml = key.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const hex = Buffer.from(key).toString('hex');
  const forms = new Set<string>([
    key,
    inUrl,
    inUrl.replace(/%../g, (code) => code.toLowerCase()),
    new URLSearchParams([['', key]]).toString().slice(1),
    escaped,
    // A server that tells of a request with its headers puts JSON into a text of JSON.
    JSON.stringify(escaped).slice(1, -1),
    inHtml,
    inHtml.replaceAll('"', '&quot;').replaceAll("'", '&#39;'),
    hex,
    hex.toUpperCase(),
    ...base64Forms(key),
  ]);
  return [...forms].filter((form) => form.length >= 8);
}

/** The characters that a key's bytes always produce in base64, whatever stands before it. */
function base64Forms(key: string): readonly string[] {
  return [0, 1, 2].flatMap((shift) => {
    const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(key)]);
    const start = Math.ceil((shift * 8) / 6);
    const end = Math.floor((bytes.length * 8) / 6);
    return [bytes.toString('base64').slice(start, end), bytes.toString('base64url').slice(start, end)];
  });
}
