import type { World } from "../shared/world/mod.ts";
import {
  type Extension,
  SubjectKeyIdentifierExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from "./x509.ts";
import { keyAlgorithm, type KeyPair } from "./keys.ts";

export const dayMs = 86_400_000;

/** Certificates hold from a little before they are made, for clients whose clocks are slow. */
const backdatedMs = 3_600_000;

const serialBytes = 16;

/** Who signs a certificate: by which name, with which keys. */
export interface Issuer {
  readonly name: string;
  readonly keys: KeyPair;
}

export interface CertificateRequest {
  readonly subject: string;
  readonly keys: KeyPair;
  readonly validMs: number;
  /** Those that differ from one kind of certificate to the other; the subject key identifier is added to all. */
  readonly extensions: readonly Extension[];
}

/** Signs a certificate (X.509 version 3, RFC 5280) that is valid from now on. */
export async function issue(
  request: CertificateRequest,
  issuer: Issuer,
  world: World,
): Promise<X509Certificate> {
  const now = world.clock.now();
  return await X509CertificateGenerator.create({
    serialNumber: newSerial(world),
    subject: request.subject,
    issuer: issuer.name,
    notBefore: new Date(now - backdatedMs),
    notAfter: new Date(now + request.validMs),
    publicKey: request.keys.publicKey,
    signingKey: issuer.keys.privateKey,
    signingAlgorithm: keyAlgorithm,
    extensions: [...request.extensions, await SubjectKeyIdentifierExtension.create(request.keys.publicKey)],
  });
}

/** RFC 5280 section 4.1.2.2 wants it positive: the first bits, 01, see to that and fix its length. */
function newSerial(world: World): string {
  const bytes = world.chance.bytes(serialBytes);
  bytes[0] = (bytes[0] & 0x3f) | 0x40;
  return bytes.toHex();
}
