import { readFileIfThere, writePrivateFile } from "../shared/files/mod.ts";
import type { World } from "../shared/world/mod.ts";
import {
  BasicConstraintsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  type X509Certificate,
} from "./x509.ts";
import { CertificateTrouble } from "./certificate_trouble.ts";
import { dayMs, issue, type Issuer } from "./issue.ts";
import type { KeyFiles } from "./key_files.ts";
import { type KeyPair, keyPemOf, keysFromPem, makeKeys } from "./keys.ts";
import { certificatesFromPem, isAbout, isCurrent } from "./stored_certificate.ts";

/** The same for every server, so that a certificate made again from the same key takes the place of the old one. */
const authorityName = "CN=chat authority";

const validMs = 3_652 * dayMs;
const restMsMin = 365 * dayMs;

export interface Authority extends Issuer {
  readonly certificate: X509Certificate;
  readonly pem: string;
  /** Whether its key, and so the server's identity, was made just now. */
  readonly isNew: boolean;
}

/**
 * The authority of this server, made on the first start. Its key is what clients pin: it is never replaced here, and
 * `CertificateTrouble` is thrown where it is missing or does not fit. Its certificate says nothing of its own, and is
 * made again from the key when it is missing (a crash between the two writes leaves it so) or in its last year.
 */
export async function ensureAuthority(files: KeyFiles, world: World): Promise<Authority> {
  const pem = readFileIfThere(files.authority);
  const keyPem = readFileIfThere(files.authorityKey);
  if (pem === undefined && keyPem === undefined) return await makeAuthority(files, world);
  const keys = await storedKeys(files, keyPem);
  if (pem === undefined) return await certify(files, keys, world);
  const certificate = await storedCertificate(files, pem, keys);
  if (!isCurrent(certificate, restMsMin, world)) return await certify(files, keys, world);
  return { name: authorityName, keys, certificate, pem, isNew: false };
}

async function makeAuthority(files: KeyFiles, world: World): Promise<Authority> {
  const keys = await makeKeys();
  writePrivateFile(files.authorityKey, await keyPemOf(keys));
  return { ...await certify(files, keys, world), isNew: true };
}

async function certify(files: KeyFiles, keys: KeyPair, world: World): Promise<Authority> {
  const extensions = [
    new BasicConstraintsExtension(true, 0, true),
    new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
  ];
  const issuer = { name: authorityName, keys };
  const certificate = await issue({ subject: authorityName, keys, validMs, extensions }, issuer, world);
  const pem = certificate.toString("pem") + "\n";
  writePrivateFile(files.authority, pem);
  world.log.info("authority_certified", { until: certificate.notAfter.toISOString() });
  return { ...issuer, certificate, pem, isNew: false };
}

async function storedKeys(
  { authority, authorityKey }: KeyFiles,
  keyPem: string | undefined,
): Promise<KeyPair> {
  const keys = keyPem === undefined ? undefined : await keysFromPem(keyPem);
  if (keys !== undefined) return keys;
  throw new CertificateTrouble(
    `The key of this server's authority, "${authorityKey}", is ${
      keyPem === undefined ? "missing" : "broken"
    }: ` +
      `restore it from a backup. ${startingOver(authority, authorityKey)}`,
  );
}

async function storedCertificate(files: KeyFiles, pem: string, keys: KeyPair): Promise<X509Certificate> {
  const { authority, authorityKey } = files;
  const [certificate, ...others] = certificatesFromPem(pem);
  if (certificate === undefined || others.length > 0) {
    throw new CertificateTrouble(
      `The certificate of this server's authority, "${authority}", is broken: restore it from a backup, or delete it ` +
        "and start again, and it is made anew from its key without any client noticing",
    );
  }
  if (await isAbout(certificate, keys)) return certificate;
  throw new CertificateTrouble(
    `The certificate "${authority}" does not belong to the key "${authorityKey}": restore both from the same backup. ` +
      startingOver(authority, authorityKey),
  );
}

function startingOver(authority: string, authorityKey: string): string {
  return `To start over with a new identity instead, which every client will have to trust anew, ` +
    `delete "${authority}" and "${authorityKey}"`;
}
