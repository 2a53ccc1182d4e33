import { PemConverter } from "./x509.ts";

/** ECDSA over P-256: the one kind of key that every TLS client of today accepts and that signs fast. */
export const keyAlgorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;

export type KeyPair = Readonly<CryptoKeyPair>;

export function makeKeys(): Promise<KeyPair> {
  return crypto.subtle.generateKey(keyAlgorithm, true, ["sign", "verify"]);
}

/** The private key as PKCS #8 in PEM (RFC 7468 section 10). */
export async function keyPemOf({ privateKey }: KeyPair): Promise<string> {
  return PemConverter.encode(await crypto.subtle.exportKey("pkcs8", privateKey), "PRIVATE KEY") + "\n";
}

/** The pair whose private key `pem` holds, as `keyPemOf` wrote it. Undefined if it is anything else. */
export async function keysFromPem(pem: string): Promise<KeyPair | undefined> {
  try {
    const der = PemConverter.decodeFirst(pem);
    const privateKey = await crypto.subtle.importKey("pkcs8", der, keyAlgorithm, true, ["sign"]);
    const { kty, crv, x, y } = await crypto.subtle.exportKey("jwk", privateKey);
    const publicKey = await crypto.subtle.importKey("jwk", { kty, crv, x, y }, keyAlgorithm, true, [
      "verify",
    ]);
    return { privateKey, publicKey };
  } catch {
    return undefined;
  }
}
