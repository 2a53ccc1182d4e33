import { Buffer } from "node:buffer";
import { join } from "node:path";
import { FileTrouble } from "../../shared/files/mod.ts";
import { type Answer, limits } from "../../shared/protocol/mod.ts";
import { Trouble } from "../../shared/trouble/mod.ts";
import { claimName, namesLike } from "./claim_name.ts";
import { cleanName } from "./clean_name.ts";
import { digestOf } from "./digest_of.ts";
import { pipeline } from "./pipeline.ts";
import { insist, overcome, type Transfer } from "./transfer.ts";

/** Chunks that are asked for at once, at most: all of them together are less than the server keeps for a slow reader. */
const atOnceMax = 4;

/** So many characters of its SHA-256 tell one unfinished file from another one of the same name. */
const markCharacters = 8;

/** 32 bytes in base64url. */
const digestPattern = /^[A-Za-z0-9_-]{43}$/;

/** A file as its message names it. */
export interface OfferedFile {
  readonly file: string;
  readonly name: string;
  /** In bytes: what the person who asks for it was told. */
  readonly size: number;
}

export interface Downloaded {
  readonly path: string;
  readonly size: number;
  /** The SHA-256, in base64url. */
  readonly digest: string;
  /** It was there already, with just this content: nothing was written. */
  readonly wasThere: boolean;
}

/**
 * Brings a file into `folder`, which is made where it is missing. It stands there under an ending `.part` until it is
 * whole and its SHA-256 right. After a cut, and in a later run of the program, it goes on where it stopped. Nothing else
 * in the folder is written over, and nothing outside of it. Rejects as `uploadFile` does.
 */
export async function downloadFile(
  transfer: Transfer,
  { file: id, name: offered, size: told }: OfferedFile,
  folder: string,
): Promise<Downloaded> {
  const name = cleanName(offered);
  const first = await insist<"get">(transfer, { type: "get", file: id, at: 0 });
  const { size, digest } = first;
  // The digest becomes a part of a path, and more than was told could fill the disk.
  if (!digestPattern.test(digest) || size !== told) throw notThis();
  const there = await findSame(transfer, folder, name, first);
  if (there !== undefined) return { path: there, size, digest, wasThere: true };
  makeFolder(folder);
  const part = join(folder, `${name}.${digest.slice(0, markCharacters)}.part`);
  await complete(transfer, { id, part, first });
  return { path: claimName(folder, name, part), size, digest, wasThere: false };
}

interface Unfinished {
  readonly id: string;
  readonly part: string;
  /** The first chunk. */
  readonly first: Answer<"chunk">;
}

/** If what an earlier run left behind turns out to be something else, it is fetched anew, once. */
async function complete(transfer: Transfer, unfinished: Unfinished): Promise<void> {
  const { part, first: { size, digest } } = unfinished;
  using file = openPart(part);
  const before = file.statSync().size;
  if (before > size) file.truncateSync(0);
  await fetchRest(transfer, file, unfinished);
  if (await digestOf(file, size, transfer) === digest) return await file.sync();
  file.truncateSync(0);
  if (before > 0) {
    await fetchRest(transfer, file, unfinished);
    if (await digestOf(file, size, transfer) === digest) return await file.sync();
  }
  Deno.removeSync(part);
  throw new Trouble(
    "What came is not the file that was sent: its SHA-256 is another one. It was thrown away",
  );
}

async function fetchRest(
  transfer: Transfer,
  file: Deno.FsFile,
  { id, first, part }: Unfinished,
): Promise<void> {
  const here = new Part(file, part, first);
  if (here.size === 0) here.write(first);
  transfer.tell?.({ step: "moving", done: here.size, total: first.size });
  while (here.size < first.size) {
    try {
      await getAll(transfer, id, here);
    } catch (cause) {
      await overcome(transfer, cause);
    }
  }
}

async function getAll({ connection, ...transfer }: Transfer, id: string, here: Part): Promise<void> {
  let at = here.size;
  await pipeline(transfer, {
    atOnceMax,
    next() {
      if (at >= here.total) return Promise.resolve(undefined);
      const ask = { type: "get", file: id, at } as const;
      const bytes = Math.min(here.chunkBytes, here.total - at);
      at += bytes;
      return Promise.resolve({ ask, bytes });
    },
    ask: (ask) => connection.request<"get">(ask),
    take(chunk) {
      here.write(chunk);
      transfer.tell?.({ step: "moving", done: here.size, total: here.total });
    },
  });
}

/** What is here of a file. */
class Part {
  readonly #file: Deno.FsFile;
  readonly #path: string;
  readonly #first: Answer<"chunk">;
  readonly chunkBytes: number;
  #size: number;

  constructor(file: Deno.FsFile, path: string, first: Answer<"chunk">) {
    this.#file = file;
    this.#path = path;
    this.#first = first;
    this.#size = file.statSync().size;
    this.chunkBytes = Math.min(limits.chunkBytes, Buffer.byteLength(first.data, "base64"));
  }

  get size(): number {
    return this.#size;
  }

  get total(): number {
    return this.#first.size;
  }

  write({ at, data, size, digest }: Answer<"chunk">): void {
    const bytes = Buffer.from(data, "base64");
    const fits = at === this.#size && bytes.length > 0 && at + bytes.length <= this.total;
    if (!fits || size !== this.total || digest !== this.#first.digest) {
      throw notThis();
    }
    try {
      this.#file.seekSync(at, Deno.SeekMode.Start);
      for (let written = 0; written < bytes.length;) {
        written += this.#file.writeSync(bytes.subarray(written));
      }
    } catch (cause) {
      throw new FileTrouble(`write "${this.#path}"`, cause);
    }
    this.#size += bytes.length;
  }
}

function notThis(): Trouble {
  return new Trouble("The server sent something else than this part of the file");
}

/** A file of this name, or one like it, that has the same content already. */
async function findSame(
  transfer: Transfer,
  folder: string,
  name: string,
  { size, digest }: Answer<"chunk">,
): Promise<string | undefined> {
  for (const each of namesLike(name)) {
    const path = join(folder, each);
    try {
      const { isFile, size: sizeHere } = Deno.lstatSync(path);
      if (!isFile || sizeHere !== size) continue;
      using file = Deno.openSync(path);
      if (await digestOf(file, size, transfer) === digest) return path;
    } catch (cause) {
      if (cause instanceof Deno.errors.NotFound) return undefined;
      transfer.signal?.throwIfAborted();
    }
  }
}

function makeFolder(folder: string): void {
  try {
    Deno.mkdirSync(folder, { recursive: true });
  } catch (cause) {
    throw new FileTrouble(`use directory "${folder}"`, cause);
  }
}

/** What an earlier run left behind is gone on with. A link is not followed: it would lead out of the folder. */
function openPart(path: string): Deno.FsFile {
  try {
    if (isLink(path)) throw new Trouble(`${path} is a link. Remove it, then try again`);
    return Deno.openSync(path, { read: true, write: true, create: true, mode: 0o600 });
  } catch (cause) {
    throw cause instanceof Trouble ? cause : new FileTrouble(`write "${path}"`, cause);
  }
}

function isLink(path: string): boolean {
  try {
    return Deno.lstatSync(path).isSymlink;
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return false;
    throw cause;
  }
}
