const MARK = '•••';

/** Things that look like a credential wherever they stand. */
const patterns: readonly RegExp[] = [
  /(\bbearer\s+)[^\s"',;]+/gi,
  /(\b(?:x-api-key|authorization|api[-_]?key)["']?\s*[:=]\s*["']?)(?!bearer\b)[^\s"',;]+/gi,
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

  redact(text: string): string {
    let clean = text;
    for (const forms of this.secrets.values()) {
      for (const form of forms) {
        clean = clean.replaceAll(form, MARK);
      }
    }
    for (const pattern of patterns) {
      clean = clean.replace(pattern, `$1${MARK}`);
    }
    return clean;
  }
}

/** How a key can turn up: raw, in a URL, in JSON, in base64 at any of three alignments, in hex, or in part. */
function spellings(key: string): readonly string[] {
  const forms = new Set<string>([
    key,
    encodeURIComponent(key),
    JSON.stringify(key).slice(1, -1),
    Buffer.from(key).toString('hex'),
    ...base64Forms(key),
  ]);
  if (key.length >= 24) {
    forms.add(key.slice(0, 16));
    forms.add(key.slice(-16));
  }
  // Longest first, so that a part is not cut out of the middle of the whole.
  return [...forms].filter((form) => form.length >= 8).sort((a, b) => b.length - a.length);
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
