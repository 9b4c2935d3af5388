import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

export interface SelfSigned {
  /** PEM. */
  readonly key: string;
  /** PEM. */
  readonly cert: string;
}

/** Whom a certificate is for, and whether it still holds. */
interface CertificateWish {
  /** A DNS name; where not given the certificate is for 127.0.0.1. */
  readonly host?: string;
  /** Whether its time is over. */
  readonly expired?: boolean;
}

/** Somebody who signs certificates, and whom a machine may trust. */
export interface CertificateAuthority {
  /** The authority's own certificate: PEM. */
  readonly cert: string;
  /** A key and a certificate that this authority has signed. */
  issue(wish?: CertificateWish): SelfSigned;
}

const ECDSA_WITH_SHA256 = '2a8648ce3d040302';
const COMMON_NAME = '550403';
const SUBJECT_ALT_NAME = '551d11';
const BASIC_CONSTRAINTS = '551d13';

/** Makes a certificate that signs itself (RFC 5280), without any program that a machine may not have. */
export function selfSigned(wish: CertificateWish = {}): SelfSigned {
  const pair = newPair();
  const cert = certificate({
    ...wish,
    subject: 'test',
    issuer: 'test',
    publicKey: pair.publicKey,
    signer: pair.privateKey,
    extensions: [isAuthority(), altName(wish.host)],
  });
  return { key: pem(pair.privateKey), cert };
}

/** Makes an authority of the kind that a company has for its own machines and its own proxy. */
export function certificateAuthority(): CertificateAuthority {
  const pair = newPair();
  const issuer = 'test authority';
  const cert = certificate({
    subject: issuer,
    issuer,
    publicKey: pair.publicKey,
    signer: pair.privateKey,
    extensions: [isAuthority()],
  });
  return {
    cert,
    issue(wish = {}) {
      const own = newPair();
      const issued = certificate({
        ...wish,
        subject: 'test server',
        issuer,
        publicKey: own.publicKey,
        signer: pair.privateKey,
        extensions: [altName(wish.host)],
      });
      return { key: pem(own.privateKey), cert: issued };
    },
  };
}

interface CertificateContent {
  readonly subject: string;
  readonly issuer: string;
  readonly publicKey: KeyObject;
  readonly signer: KeyObject;
  /** DER. */
  readonly extensions: readonly Buffer[];
  readonly expired?: boolean;
}

/** A certificate as PEM. */
function certificate(content: CertificateContent): string {
  const algorithm = der(0x30, oid(ECDSA_WITH_SHA256));
  const day = 86_400_000;
  const [from, to] = content.expired === true ? [-2 * day, -day] : [-day, day];
  const body = der(
    0x30,
    der(0xa0, der(0x02, Buffer.of(2))),
    // A positive number of its own: one issuer's certificates must differ in it.
    der(0x02, Buffer.concat([Buffer.of(1), randomBytes(8)])),
    algorithm,
    name(content.issuer),
    der(0x30, utcTime(Date.now() + from), utcTime(Date.now() + to)),
    name(content.subject),
    content.publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, der(0x30, ...content.extensions)),
  );
  const signature = der(0x03, Buffer.of(0), sign('sha256', body, content.signer));
  const encoded = der(0x30, body, algorithm, signature).toString('base64');
  // Some readers of certificate files take no line of more than 64 characters.
  const lines = encoded.replace(/.{64}/g, '$&\n').trimEnd();
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}

function newPair(): { readonly publicKey: KeyObject; readonly privateKey: KeyObject } {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

function pem(privateKey: KeyObject): string {
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function name(commonName: string): Buffer {
  return der(0x30, der(0x31, der(0x30, oid(COMMON_NAME), der(0x0c, Buffer.from(commonName)))));
}

function isAuthority(): Buffer {
  return der(0x30, oid(BASIC_CONSTRAINTS), der(0x04, der(0x30, der(0x01, Buffer.of(0xff)))));
}

function altName(host: string | undefined): Buffer {
  const value = host === undefined ? der(0x87, Buffer.of(127, 0, 0, 1)) : der(0x82, Buffer.from(host));
  return der(0x30, oid(SUBJECT_ALT_NAME), der(0x04, der(0x30, value)));
}

/** One element of DER: its tag, its length, what it holds. */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const length = content.length;
  if (length < 0x80) {
    return Buffer.concat([Buffer.of(tag, length), content]);
  }
  const isShort = length < 0x100;
  return Buffer.concat([
    isShort ? Buffer.of(tag, 0x81, length) : Buffer.of(tag, 0x82, length >> 8, length & 0xff),
    content,
  ]);
}

function oid(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, 'hex'));
}

function utcTime(time: number): Buffer {
  const digits = new Date(time).toISOString().replace(/\.\d+/, '').replace(/[-:T]/g, '');
  return der(0x17, Buffer.from(digits.slice(2)));
}
