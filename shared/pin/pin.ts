import { createHash, X509Certificate } from "node:crypto";

/** What should be one certificate in PEM is something else. */
export class CertificateUnreadable extends Error {
  override readonly name = "CertificateUnreadable";

  constructor(cause?: unknown) {
    super("Cannot read the certificate: it must be exactly one, in PEM, with nothing before or after it", {
      cause,
    });
  }
}

/**
 * The pin of an authority: base64url of the SHA-256 of its SubjectPublicKeyInfo in DER, 43 characters (as RFC 7469
 * section 2.4 pins keys). Throws `CertificateUnreadable` for anything but exactly one certificate, because whoever
 * trusts the text would also trust a second one in it.
 */
export function pinOf(authorityPem: string): string {
  const publicKey = onlyCertificate(authorityPem).publicKey.export({ type: "spki", format: "der" });
  return createHash("sha256").update(publicKey).digest("base64url");
}

function onlyCertificate(pem: string): X509Certificate {
  const body = /^\s*-----BEGIN CERTIFICATE-----\r?\n([A-Za-z0-9+/=\r\n]+)-----END CERTIFICATE-----\s*$/.exec(
    pem,
  )?.[1];
  if (body === undefined) throw new CertificateUnreadable();
  try {
    if (!isOneSequence(atob(body))) throw new Error("not one DER sequence");
    return new X509Certificate(pem);
  } catch (cause) {
    throw new CertificateUnreadable(cause);
  }
}

/**
 * Whether the bytes are one DER sequence of 256 to 65,535 bytes, as any certificate is, and nothing after it. The
 * parser of `X509Certificate` stops at the end of the first and does not say so.
 */
function isOneSequence(bytes: string): boolean {
  const lengthInTwoBytes = 0x82;
  const [tag, form, high, low] = Array.from(bytes.slice(0, 4), (byte) => byte.charCodeAt(0));
  return tag === 0x30 && form === lengthInTwoBytes && bytes.length === 4 + high * 256 + low;
}
