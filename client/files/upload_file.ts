import { Buffer } from "node:buffer";
import { basename } from "node:path";
import type { Answer } from "../../shared/protocol/mod.ts";
import { codePoints, limits, Refusal } from "../../shared/protocol/mod.ts";
import { FileTrouble } from "../../shared/files/mod.ts";
import { Trouble } from "../../shared/trouble/mod.ts";
import { digestOf } from "./digest_of.ts";
import { pipeline } from "./pipeline.ts";
import { insist, overcome, type Transfer } from "./transfer.ts";

/** Chunks that are on their way at once, at most. */
const atOnceMax = 8;

/** How often an upload that the server has given up is begun anew without having come further. */
const newBeginningsMax = 3;

/** A file that is whole on the server, and not sent with a message yet. */
export interface Uploaded {
  /** What it is called in frames. */
  readonly file: string;
  readonly name: string;
  /** Bytes that were read here. */
  readonly size: number;
}

/**
 * Brings the file at `path` to a room, and resolves when the server has it whole. After a cut, and in a later run of the
 * program, it goes on where it stopped. Rejects with `FileTrouble`, `Trouble`, `Refusal`, with `ConnectionLost` when the
 * connection has ended, and as `isStopped` tells.
 */
export async function uploadFile(transfer: Transfer, room: string, path: string): Promise<Uploaded> {
  using file = openFile(path);
  const { size } = file.statSync();
  if (size === 0) throw new Trouble(`${path} is empty: there is nothing to send`);
  const digest = await digestOf(file, size, transfer);
  const name = nameOf(path);
  const whole = await moved(transfer, { file, size, ask: { type: "upload", room, name, size, digest } });
  transfer.tell?.({ step: "moving", done: size, total: size });
  return { file: whole.file, name, size };
}

interface Source {
  readonly file: Deno.FsFile;
  readonly size: number;
  readonly ask: {
    readonly type: "upload";
    readonly room: string;
    readonly name: string;
    readonly size: number;
    readonly digest: string;
  };
}

/** Begins again, after whatever comes between, until all is there. */
async function moved(transfer: Transfer, source: Source): Promise<Answer<"upload">> {
  let furthest = 0;
  for (let beginnings = 0;;) {
    const begun = await insist<"upload">(transfer, source.ask);
    if (begun.whole) return begun;
    beginnings = begun.received > furthest ? 0 : beginnings;
    furthest = Math.max(furthest, begun.received);
    try {
      const whole = await putAll(transfer, source, begun);
      if (whole !== undefined) return whole;
    } catch (cause) {
      if (isGone(cause) && ++beginnings < newBeginningsMax) continue;
      await overcome(transfer, changedOr(cause));
    }
  }
}

/** Undefined if the last answer does not say that it is whole. */
async function putAll(
  { connection, ...transfer }: Transfer,
  { file, size }: Source,
  { file: id, received, chunkBytes }: Answer<"upload">,
): Promise<Answer<"upload"> | undefined> {
  let at = received;
  let last: Answer<"upload"> | undefined;
  await pipeline(transfer, {
    atOnceMax,
    async next() {
      if (at >= size) return undefined;
      const chunk = await readChunk(file, at, Math.min(chunkBytes, limits.chunkBytes, size - at));
      const ask = { type: "put", file: id, at, data: chunk.toString("base64") } as const;
      at += chunk.length;
      return { ask, bytes: chunk.length };
    },
    ask: (ask) => connection.request<"put">(ask),
    take(answer) {
      last = answer;
      transfer.tell?.({ step: "moving", done: Math.min(answer.received, size), total: size });
    },
  });
  return last?.whole ? last : undefined;
}

async function readChunk(file: Deno.FsFile, at: number, length: number): Promise<Buffer> {
  const chunk = Buffer.allocUnsafe(length);
  file.seekSync(at, Deno.SeekMode.Start);
  for (let filled = 0; filled < length;) {
    const count = await file.read(chunk.subarray(filled));
    if (count === null) throw changed();
    filled += count;
  }
  return chunk;
}

function isGone(cause: unknown): boolean {
  return cause instanceof Refusal && cause.code === "no_such_file";
}

function changedOr(cause: unknown): unknown {
  return cause instanceof Refusal && cause.code === "content_mismatch" ? changed() : cause;
}

function changed(): Trouble {
  return new Trouble("The file was changed while it was being sent. Send it again when nothing writes to it");
}

function openFile(path: string): Deno.FsFile {
  let file: Deno.FsFile;
  try {
    const { isFile, isDirectory } = Deno.statSync(path);
    if (isDirectory) throw new Trouble(`${path} is a folder. Send its files, or pack it into one file first`);
    // A pipe would be waited for without end.
    if (!isFile) throw new Trouble(`${path} is no file that can be sent`);
    file = Deno.openSync(path);
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) throw new Trouble(`There is no file ${path}`, cause);
    throw cause instanceof Trouble ? cause : new FileTrouble(`read "${path}"`, cause);
  }
  return file;
}

/** What no name in a frame may have: control characters, and those that break a line or turn it around. */
const unspeakable = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Without its folders. Of one that is too long, the end stays: it says what kind of file it is. */
function nameOf(path: string): string {
  const name = basename(path).toWellFormed().replace(unspeakable, "_");
  return codePoints(name) <= limits.fileNameCodePoints
    ? name
    : Array.from(name).slice(-limits.fileNameCodePoints).join("");
}
