import { createHash } from "node:crypto";
import { join } from "node:path";
import { ensurePrivateDirectory, exists, FileTrouble, writePrivateFile } from "../files/mod.ts";
import { Trouble } from "../trouble/mod.ts";
import { type Manifest, manifestName } from "./manifest.ts";
import { PartWriter } from "./part_writer.ts";

/** Writes an export into a folder that only its owner may read. To be disposed of. */
export class ExportWriter {
  readonly #directory: string;
  readonly #parts = new Map<string, PartWriter>();
  /** The sizes of the contents that are there, by their names. */
  readonly #contents = new Map<string, number>();

  /** The folder must be empty, or not there. Throws `Trouble`. */
  constructor(directory: string) {
    if (exists(directory) && [...Deno.readDirSync(directory)].length > 0) {
      throw new Trouble(`${directory} is not empty. Choose another place, or move it away first`);
    }
    this.#directory = directory;
    ensurePrivateDirectory(directory);
    ensurePrivateDirectory(this.folder);
  }

  /** Where contents are to be put. */
  get folder(): string {
    return join(this.#directory, "files");
  }

  /** Makes the part, though there may be nothing to add to it. */
  begin(part: string): void {
    if (!this.#parts.has(part)) this.#parts.set(part, new PartWriter(this.#directory, part));
  }

  add(part: string, value: Readonly<Record<string, unknown>>): void {
    this.begin(part);
    this.#parts.get(part)?.add(value);
  }

  /** Whether there is a content with this SHA-256, in hexadecimal digits. */
  has(sha256: string): boolean {
    return this.#contents.has(sha256);
  }

  /** A content of this size has been put into the folder under its SHA-256. */
  put(sha256: string, size: number): void {
    this.#contents.set(sha256, size);
  }

  /** Writes a content, and resolves with whether it has this SHA-256; if not, nothing is left of it. Rejects with `FileTrouble`. */
  async write(sha256: string, blocks: AsyncIterable<Uint8Array>): Promise<boolean> {
    const path = join(this.folder, sha256);
    const hash = createHash("sha256");
    let size = 0, isSame = false;
    try {
      using file = Deno.openSync(path, { write: true, createNew: true, mode: 0o600 });
      for await (const block of blocks) {
        hash.update(block);
        size += block.length;
        await writeAll(file, block, path);
      }
      await file.sync();
      isSame = hash.digest("hex") === sha256;
    } finally {
      if (!isSame) Deno.removeSync(path);
    }
    if (isSame) this.put(sha256, size);
    return isSame;
  }

  /** Ends it with the manifest. Throws `FileTrouble`. */
  finish(about: Pick<Manifest, "of" | "name" | "began" | "ended">): Manifest {
    const manifest: Manifest = {
      format: "chat-export",
      version: 1,
      ...about,
      parts: [...this.#parts.values()].map((part) => part.finish()),
      files: {
        count: this.#contents.size,
        bytes: [...this.#contents.values()].reduce((sum, size) => sum + size, 0),
      },
    };
    writePrivateFile(join(this.#directory, manifestName), JSON.stringify(manifest, undefined, 2) + "\n");
    return manifest;
  }

  [Symbol.dispose](): void {
    for (const part of this.#parts.values()) part[Symbol.dispose]();
  }
}

async function writeAll(file: Deno.FsFile, block: Uint8Array, path: string): Promise<void> {
  try {
    for (let written = 0; written < block.length;) written += await file.write(block.subarray(written));
  } catch (cause) {
    throw new FileTrouble(`write "${path}"`, cause);
  }
}
