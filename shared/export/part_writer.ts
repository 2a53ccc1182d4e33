import { createHash } from "node:crypto";
import { join } from "node:path";
import { FileTrouble } from "../files/mod.ts";
import type { Part } from "./manifest.ts";

/** Lines are gathered up to so many characters before they are written. */
const gatherCharacters = 64 * 1024;

/** Writes one file of lines, of which only a few are in memory. To be disposed of. */
export class PartWriter {
  readonly #name: string;
  readonly #path: string;
  readonly #file: Deno.FsFile;
  readonly #hash = createHash("sha256");
  #gathered = "";
  #lines = 0;
  #bytes = 0;

  /** The file must not be there. Throws `FileTrouble`. */
  constructor(directory: string, name: string) {
    this.#name = name;
    this.#path = join(directory, name);
    try {
      this.#file = Deno.openSync(this.#path, { write: true, createNew: true, mode: 0o600 });
    } catch (cause) {
      throw new FileTrouble(`write "${this.#path}"`, cause);
    }
  }

  /** Throws `FileTrouble`. */
  add(value: Readonly<Record<string, unknown>>): void {
    this.#gathered += JSON.stringify(value) + "\n";
    this.#lines++;
    if (this.#gathered.length >= gatherCharacters) this.#write();
  }

  /** What was written is on disk when this returns. Throws `FileTrouble`. */
  finish(): Part {
    this.#write();
    this.#file.syncSync();
    return { path: this.#name, lines: this.#lines, bytes: this.#bytes, sha256: this.#hash.digest("hex") };
  }

  [Symbol.dispose](): void {
    this.#file.close();
  }

  #write(): void {
    const bytes = new TextEncoder().encode(this.#gathered);
    this.#gathered = "";
    this.#hash.update(bytes);
    this.#bytes += bytes.length;
    try {
      for (let written = 0; written < bytes.length;) written += this.#file.writeSync(bytes.subarray(written));
    } catch (cause) {
      throw new FileTrouble(`write "${this.#path}"`, cause);
    }
  }
}
