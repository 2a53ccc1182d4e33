import { createVerify, X509Certificate } from "node:crypto";

/**
 * Whether the certificate (DER) bears a signature of the authority's key (PEM): ECDSA with SHA-256, which is what a
 * server's own authority signs with. It looks at the signature alone; dates and names are the handshake's business.
 */
export function isIssuedBy(certificate: Uint8Array, authorityPem: string): boolean {
  const parts = signedParts(certificate);
  if (parts === undefined) return false;
  const { publicKey } = new X509Certificate(authorityPem);
  try {
    return createVerify("SHA256").update(parts.content).verify(publicKey, parts.signature);
  } catch {
    return false; // not even the form of a signature
  }
}

interface Element {
  readonly tag: number;
  /** Where it begins, where its content begins, and where it ends. */
  readonly start: number;
  readonly from: number;
  readonly end: number;
}

const sequence = 0x30;
const bitString = 0x03;

/** RFC 5280 section 4.1: a sequence of the signed content, the algorithm, and the signature as a bit string. */
function signedParts(der: Uint8Array): { content: Uint8Array; signature: Uint8Array } | undefined {
  const whole = elementAt(der, 0);
  const content = whole && elementAt(der, whole.from);
  const algorithm = content && elementAt(der, content.end);
  const signature = algorithm && elementAt(der, algorithm.end);
  if (whole?.tag !== sequence || content?.tag !== sequence || signature?.tag !== bitString) return undefined;
  if (signature.end !== whole.end || whole.end !== der.length) return undefined;
  const unusedBits = 1;
  return {
    content: der.subarray(content.start, content.end),
    signature: der.subarray(signature.from + unusedBits, signature.end),
  };
}

/** X.690 section 8.1: a tag, a length of one byte or of 0x80 + n bytes, and the content. */
function elementAt(der: Uint8Array, start: number): Element | undefined {
  const tag = der[start];
  const first = der[start + 1];
  if (tag === undefined || first === undefined) return undefined;
  const lengthBytes = first < 0x80 ? 0 : first - 0x80;
  if (lengthBytes > 3) return undefined;
  let length = first < 0x80 ? first : 0;
  for (let at = 0; at < lengthBytes; at++) length = length * 256 + (der[start + 2 + at] ?? 0);
  const from = start + 2 + lengthBytes;
  return from + length <= der.length ? { tag, start, from, end: from + length } : undefined;
}
