/** Sealed blocks in a file. */
import { DiskFull, isDiskFull } from "./disk_full.ts";
import {
  blockBytes,
  blocksOf,
  sealBytes,
  sealedBlockBytes,
  type Sealing,
  syncEveryBlocks,
} from "./sealing.ts";

/** Opens block after block of a content of `size` bytes. Throws if one is missing or damaged. */
export async function* readBlocks(
  path: string,
  sealing: Sealing,
  size: number,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
  using file = await Deno.open(path, { read: true });
  for (let number = 0; number < blocksOf(size); number++) yield await readFrom(file, sealing, size, number);
}

/** One block of a content of `size` bytes. Throws if it is missing or damaged. */
export async function readBlock(
  path: string,
  sealing: Sealing,
  size: number,
  number: number,
): Promise<Uint8Array<ArrayBuffer>> {
  using file = await Deno.open(path, { read: true });
  await file.seek(number * sealedBlockBytes, Deno.SeekMode.Start);
  return await readFrom(file, sealing, size, number);
}

async function readFrom(
  file: Deno.FsFile,
  sealing: Sealing,
  size: number,
  number: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const isLast = number === blocksOf(size) - 1;
  const block = new Uint8Array((isLast ? size - number * blockBytes : blockBytes) + sealBytes);
  for (let read = 0; read < block.length;) {
    const more = await file.read(block.subarray(read));
    if (more === null) throw new RangeError(`The content ends before its block ${number}`);
    read += more;
  }
  return await sealing.open(number, isLast, block);
}

/** Writes a content of which the size is not known before its end. Throws DiskFull. */
export class SealedWriter {
  readonly #file: Deno.FsFile;
  readonly #sealing: Sealing;
  #number = 0;
  #waiting: Uint8Array<ArrayBuffer> = new Uint8Array(blockBytes);
  #waitingBytes = 0;

  /** Into a new file. To be disposed of. */
  static async open(path: string, sealing: Sealing): Promise<SealedWriter> {
    return new SealedWriter(await Deno.open(path, { write: true, createNew: true, mode: 0o600 }), sealing);
  }

  private constructor(file: Deno.FsFile, sealing: Sealing) {
    this.#file = file;
    this.#sealing = sealing;
  }

  async write(plain: Uint8Array): Promise<void> {
    for (let at = 0; at < plain.length;) {
      // A full block waits until more comes, since only then is it known not to be the last one.
      if (this.#waitingBytes === blockBytes) await this.#writeBlock(false);
      const taken = plain.subarray(at, at + blockBytes - this.#waitingBytes);
      this.#waiting.set(taken, this.#waitingBytes);
      this.#waitingBytes += taken.length;
      at += taken.length;
    }
  }

  /** Resolves when it is on disk. */
  async end(): Promise<void> {
    await this.#writeBlock(true);
    await this.#file.sync();
  }

  [Symbol.dispose](): void {
    this.#file.close();
  }

  async #writeBlock(isLast: boolean): Promise<void> {
    const plain = this.#waiting.slice(0, this.#waitingBytes);
    const block = await this.#sealing.seal(this.#number++, isLast, plain);
    this.#waitingBytes = 0;
    try {
      for (let at = 0; at < block.length;) at += await this.#file.write(block.subarray(at));
      if (this.#number % syncEveryBlocks === 0) await this.#file.syncData();
    } catch (error) {
      throw isDiskFull(error) ? new DiskFull(error) : error;
    }
  }
}
