import { readFileIfThere, writePrivateFile } from "../shared/files/mod.ts";
import { serverName } from "../shared/identity/mod.ts";
import type { World } from "../shared/world/mod.ts";
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type Extension,
  type JsonGeneralName,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  type X509Certificate,
} from "./x509.ts";
import type { Authority } from "./authority.ts";
import { dayMs, issue } from "./issue.ts";
import type { KeyFiles } from "./key_files.ts";
import { keyPemOf, keysFromPem, makeKeys } from "./keys.ts";
import { certificatesFromPem, isAbout, isCurrent } from "./stored_certificate.ts";

const validMs = 90 * dayMs;
const restMsMin = 30 * dayMs;

export interface LeafRequest {
  readonly files: KeyFiles;
  readonly authority: Authority;
  /** Host names and IP addresses. */
  readonly names: readonly string[];
  readonly world: World;
}

export interface Leaf {
  /** The leaf, then its authority. */
  readonly pem: string;
  readonly keyPem: string;
  /** Milliseconds since the Unix epoch. */
  readonly notAfter: number;
  readonly isNew: boolean;
}

/**
 * The certificate that the server shows. It is made again, with a new key, whenever the one on disk will not do: it is
 * missing or broken, has less than 30 of its 90 days left, is of another authority, or lacks one of the names.
 */
export async function ensureLeaf(request: LeafRequest): Promise<Leaf> {
  const pem = readFileIfThere(request.files.leaf);
  const keyPem = readFileIfThere(request.files.leafKey);
  if (pem === undefined || keyPem === undefined) return await makeLeaf(request, "missing");
  const [certificate, ...chain] = certificatesFromPem(pem);
  const keys = await keysFromPem(keyPem);
  if (certificate === undefined || keys === undefined || !await isAbout(certificate, keys)) {
    return await makeLeaf(request, "broken");
  }
  const flaw = await flawOf(certificate, chain, request);
  if (flaw !== undefined) return await makeLeaf(request, flaw);
  return { pem, keyPem, notAfter: certificate.notAfter.getTime(), isNew: false };
}

/** Why a certificate that can be read will not do. Undefined if it will. */
async function flawOf(
  certificate: X509Certificate,
  chain: readonly X509Certificate[],
  { authority, names, world }: LeafRequest,
): Promise<string | undefined> {
  const { publicKey } = authority.certificate;
  const isChained = chain.length === 1 && chain[0].equal(authority.certificate);
  if (!isChained || !await certificate.verify({ publicKey, signatureOnly: true })) return "other_authority";
  if (!isCurrent(certificate, restMsMin, world)) return "expiring";
  const covered = namesIn(certificate.getExtension(SubjectAlternativeNameExtension));
  const wanted = namesIn(new SubjectAlternativeNameExtension(alternativeNames(names).rawData));
  return wanted.isSubsetOf(covered) ? undefined : "names_grown";
}

/** As the extension spells them: one address can be written in many ways. */
function namesIn(extension: SubjectAlternativeNameExtension | null): ReadonlySet<string> {
  return new Set(extension?.names.items.map(({ value }) => value));
}

/** The key goes first. A crash between the two writes leaves a pair that does not fit, and so is made again. */
async function makeLeaf({ files, authority, names, world }: LeafRequest, reason: string): Promise<Leaf> {
  const keys = await makeKeys();
  const extensions = await leafExtensions(authority, names);
  const certificate = await issue(
    { subject: `CN=${serverName}`, keys, validMs, extensions },
    authority,
    world,
  );
  const keyPem = await keyPemOf(keys);
  const pem = certificate.toString("pem") + "\n" + authority.pem;
  writePrivateFile(files.leafKey, keyPem);
  writePrivateFile(files.leaf, pem);
  world.log.info("leaf_issued", { reason, until: certificate.notAfter.toISOString() });
  return { pem, keyPem, notAfter: certificate.notAfter.getTime(), isNew: true };
}

async function leafExtensions(authority: Authority, names: readonly string[]): Promise<Extension[]> {
  return [
    new BasicConstraintsExtension(false, undefined, true),
    new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
    new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
    alternativeNames(names),
    await AuthorityKeyIdentifierExtension.create(authority.keys.publicKey),
  ];
}

function alternativeNames(names: readonly string[]): SubjectAlternativeNameExtension {
  return new SubjectAlternativeNameExtension([...new Set(names)].map(alternativeName));
}

function alternativeName(value: string): JsonGeneralName {
  const isAddress = value.includes(":") || /^[\d.]+$/.test(value);
  return { type: isAddress ? "ip" : "dns", value };
}
