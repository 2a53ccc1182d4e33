import { join } from "node:path";
import { ensurePrivateDirectory } from "../shared/files/mod.ts";

/** Where a server keeps its certificates and their private keys. */
export interface KeyFiles {
  readonly authority: string;
  readonly authorityKey: string;
  /** The leaf, and after it the authority. */
  readonly leaf: string;
  readonly leafKey: string;
}

/** Makes the directories if need be. Throws `FileTrouble`. */
export function keyFilesIn(directory: string): KeyFiles {
  const keys = join(directory, "keys");
  ensurePrivateDirectory(directory);
  ensurePrivateDirectory(keys);
  return {
    authority: join(directory, "authority.pem"),
    authorityKey: join(keys, "authority.key"),
    leaf: join(directory, "leaf.pem"),
    leafKey: join(keys, "leaf.key"),
  };
}
