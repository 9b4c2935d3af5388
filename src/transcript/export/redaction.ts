/** What may be cut out of an export beside keys, which always are. */
export type PersonalKind = 'emails' | 'userNames' | 'paths';

export interface RedactionOptions {
  /** Cuts the keys that are known, and what says of itself that it is one. */
  readonly cutKeys: (text: string) => string;
  readonly also: readonly PersonalKind[];
  /** How the person is called on this machine. */
  readonly userName?: string | undefined;
}

const MARK = '•••';

/** Keys by their shape, wherever they stand: of model providers, code hosts, clouds and chats; tokens; private keys. */
const keyShapes: readonly RegExp[] = [
  /\bsk-[A-Za-z0-9_-]{8,}/g,
  /\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,}|glpat-[\w-]{16,})/g,
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g,
  /\bAIza[\w-]{30,}/g,
  /\bxox[abeoprs]-[\w-]{10,}/g,
  /\bnpm_[A-Za-z0-9]{30,}/g,
  /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----[A-Za-z0-9+/=\s:,\\-]{0,20000}/g,
];

/**
 * Words with dots between them, among which a JSON Web Token may be. Taken whole: a search for a token that may
 * begin anywhere in a word would go through the rest of the word from each place.
 */
const dotted = /(?<![\w-])[\w-]+(?:\.[\w-]+){2,}/g;

/** Fields whose text is a secret by their name. */
const secretField =
  /(?:^|[-_.])(?:authorization|(?:x[-_])?api[-_]?key|password|passwd|secret|(?:access|refresh|auth|bearer)[-_]?token)$/i;

const email =
  /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24}(?![\p{L}\p{N}])/gu;
/** The folder of a person: what stands behind /home, /Users and C:\Users. */
const homeOf = /((?:\/|[A-Za-z]:(?:\\{1,2}|\/))(?:home|Users)(?:\\{1,2}|\/))[^\\/\s"'`:;,<>|]+/g;
/** Absolute paths of two parts or more; what stands behind the host of an address is none. */
const posixPath =
  /(?:file:\/\/|(?<![\p{L}\p{N}_:/.~@-]))(?:\/[\p{L}\p{N}._@+~%=-]+)+\/([\p{L}\p{N}._@+~%=-]+)/gu;
const windowsPath =
  /(?<!\w)(?:[A-Za-z]:|\\\\[\w.-]+)(?:[\\/]{1,2}[^\\/\s"'<>|:*?]+)*[\\/]{1,2}([^\\/\s"'<>|:*?]+)/g;

/** Names that many share and that say nothing of a person. */
const commonNames = new Set(['root', 'user', 'admin', 'administrator', 'vscode', 'ubuntu', 'node', 'code']);

/**
 * Makes the function that cuts one text. Keys are always cut: those that are known by value, those that a word
 * before them names, and those of a known shape. A person is cut out only where that is asked for, and only as
 * far as patterns go: e-mail addresses; the names of home folders and the name on this machine; absolute paths
 * down to their last part. A name that stands in a sentence stays there.
 */
export function redaction({ cutKeys, also, userName }: RedactionOptions): (text: string) => string {
  const isNameKnown =
    userName !== undefined && userName.length >= 3 && !commonNames.has(userName.toLowerCase());
  const ownName = isNameKnown
    ? new RegExp(
        `(?<![\\p{L}\\p{N}_])${userName.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')}(?![\\p{L}\\p{N}_])`,
        'giu',
      )
    : undefined;
  return (text) => {
    let clean = cutKeys(text);
    for (const shape of keyShapes) {
      clean = clean.replace(shape, MARK);
    }
    clean = clean.replace(dotted, withoutTokens);
    if (also.includes('emails')) {
      clean = clean.replace(email, '[e-mail]');
    }
    if (also.includes('paths')) {
      clean = clean.replace(windowsPath, '…\\$1').replace(posixPath, '…/$1');
    }
    if (also.includes('userNames')) {
      clean = clean.replace(homeOf, '$1[user]');
      clean = ownName === undefined ? clean : clean.replace(ownName, '[user]');
    }
    return clean;
  };
}

/** @param text words with dots between them. */
function withoutTokens(text: string): string {
  const words = text.split('.');
  const kept: string[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const [head = '', payload = '', signature = ''] = words.slice(index, index + 3);
    const at = head.search(/\beyJ[\w-]{8}/);
    if (at >= 0 && /^eyJ[\w-]{8}/.test(payload) && signature.length >= 8) {
      kept.push(`${head.slice(0, at)}${MARK}`);
      index += 2;
    } else {
      kept.push(head);
    }
  }
  return kept.join('.');
}

/** Nested deeper than this, a value is left out: no honest event is. */
const DEEPEST = 500;

/**
 * The same JSON with every text in it cut, names of fields included: one by one, so that what is left is as well
 * formed as it was. The bytes of pictures and files are left alone. Parts without any change are not copied.
 */
export function redactedJson<T>(value: T, redact: (text: string) => string): T {
  return cutValue(value, redact, 0) as T;
}

function cutValue(value: unknown, redact: (text: string) => string, depth: number): unknown {
  if (typeof value === 'string') {
    return redact(value);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (depth > DEEPEST) {
    return null;
  }
  if (Array.isArray(value)) {
    const before: readonly unknown[] = value;
    const items = before.map((item) => cutValue(item, redact, depth + 1));
    return items.some((item, index) => item !== before[index]) ? items : value;
  }
  return cutObject(value, redact, depth);
}

function cutObject(value: object, redact: (text: string) => string, depth: number): object {
  const before = Object.entries(value) as readonly [string, unknown][];
  const type = before.find(([name]) => name === 'type')?.[1];
  const holdsBytes = type === 'base64' || type === 'image';
  const after = before.map(([name, old]): [string, unknown] => {
    const isBytes = holdsBytes && name === 'data';
    const isSecret = typeof old === 'string' && old !== '' && secretField.test(name);
    const now = isBytes ? old : isSecret ? MARK : cutValue(old, redact, depth + 1);
    const newName = redact(name);
    return [newName, now];
  });
  const isSame = after.every(([name, now], index) => {
    const [oldName, old] = before[index] ?? [];
    return name === oldName && now === old;
  });
  return isSame ? value : Object.fromEntries(after);
}
