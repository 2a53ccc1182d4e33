import type { World } from "../shared/world/mod.ts";
import { PemConverter, X509Certificate } from "./x509.ts";
import type { KeyPair } from "./keys.ts";

/** The certificates of a PEM file, in its order. Empty if anything in it is not one. */
export function certificatesFromPem(pem: string): readonly X509Certificate[] {
  try {
    return PemConverter.decode(pem).map((der) => new X509Certificate(der));
  } catch {
    return [];
  }
}

/** Whether the certificate is valid now and for `restMsMin` milliseconds more. */
export function isCurrent(certificate: X509Certificate, restMsMin: number, world: World): boolean {
  const now = world.clock.now();
  return certificate.notBefore.getTime() <= now && certificate.notAfter.getTime() - now >= restMsMin;
}

/** Whether the certificate is about the public half of `keys`. */
export async function isAbout(certificate: X509Certificate, { publicKey }: KeyPair): Promise<boolean> {
  const [theirs, ours] = [certificate.publicKey.rawData, await crypto.subtle.exportKey("spki", publicKey)];
  return new Uint8Array(theirs).toHex() === new Uint8Array(ours).toHex();
}
