import type { ByteSource } from "./byte_source.ts";
import type { Picture } from "./picture.ts";

/** Takes what is kept. */
export interface Kept {
  write(bytes: Uint8Array): Promise<void>;
}

/** Reads a picture and writes it without its notes. Undefined if it is none after all; what was written is void then. */
export type Stripper = (source: ByteSource, kept: Kept) => Promise<Picture | undefined>;
