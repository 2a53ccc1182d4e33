import { serverName } from "../shared/identity/mod.ts";
import type { World } from "../shared/world/mod.ts";
import { ensureAuthority } from "./authority.ts";
import { keyFilesIn } from "./key_files.ts";
import { ensureLeaf } from "./leaf.ts";
import { machineNames } from "./machine_names.ts";

export interface CertificateOptions {
  /** The server's own directory: files of mode 0600 in directories of mode 0700. */
  readonly directory: string;
  readonly world: World;
  /** Names and addresses by which clients reach this server, beside those that the machine knows of itself. */
  readonly names?: readonly string[];
}

export interface Certificates {
  /** What clients pin and trust. */
  readonly authorityPem: string;
  /** The leaf, then its authority: the chain to show in a handshake. */
  readonly leafPem: string;
  readonly leafKeyPem: string;
  /** When the leaf ends, in milliseconds since the Unix epoch. */
  readonly notAfter: number;
  /** `new` if the authority was made now, `renewed` if only the leaf was. */
  readonly made: "new" | "renewed" | "kept";
}

/**
 * The certificates in the directory; those that are missing or will not do are made. Whatever a crash leaves behind is
 * mended by the next call. One process at a time may call this for a directory. Throws `CertificateTrouble` if the
 * authority is broken, and `FileTrouble`.
 */
export async function ensureCertificates(
  { directory, world, names = [] }: CertificateOptions,
): Promise<Certificates> {
  const files = keyFilesIn(directory);
  const authority = await ensureAuthority(files, world);
  const leaf = await ensureLeaf({
    files,
    authority,
    names: [serverName, ...machineNames(), ...names],
    world,
  });
  return {
    authorityPem: authority.pem,
    leafPem: leaf.pem,
    leafKeyPem: leaf.keyPem,
    notAfter: leaf.notAfter,
    made: authority.isNew ? "new" : leaf.isNew ? "renewed" : "kept",
  };
}
