import { createHash, type Hash } from "node:crypto";
import { DiskFull, isDiskFull } from "./disk_full.ts";
import { blockBytes, blocksOf, sealedBlockBytes, sealedSizeOf, Sealing, syncEveryBlocks } from "./sealing.ts";
import { readBlock, readBlocks } from "./sealed_file.ts";

/** A content that comes block by block. How far it has come is what lies on the disk. */
export class Part {
  readonly #path: string;
  readonly #size: number;
  readonly #sealing: Sealing;
  #blocks: number | undefined;
  /** Of all blocks; undefined where some came before this process began. */
  #hash: Hash | undefined;

  constructor(path: string, { place, key, size }: { place: string; key: string; size: number }) {
    this.#path = path;
    this.#size = size;
    this.#sealing = new Sealing(place, key);
  }

  /** How many bytes are here. */
  async received(): Promise<number> {
    this.#blocks ??= await this.#wholeBlocks();
    return Math.min(this.#blocks * blockBytes, this.#size);
  }

  /**
   * Adds the next block: `blockBytes`, or what is left if that is less. One call at a time. Throws DiskFull, or NotFound if
   * the part was thrown away; then nothing was added.
   */
  async append(plain: Uint8Array<ArrayBuffer>): Promise<void> {
    const received = await this.received();
    const number = received / blockBytes;
    const block = await this.#sealing.seal(number, received + plain.length === this.#size, plain);
    try {
      await Deno.writeFile(this.#path, block, { append: true, create: number === 0, mode: 0o600 });
    } catch (error) {
      // A part of the block may have been written: what is no whole block is cut off before the next try.
      this.#blocks = undefined;
      this.#hash = undefined;
      throw isDiskFull(error) ? new DiskFull(error) : error;
    }
    this.#blocks = number + 1;
    this.#hash?.update(plain);
    if (this.#blocks % syncEveryBlocks === 0) await syncData(this.#path);
  }

  /** The SHA-256 of the whole content, in base64url. Throws as `blocks` does. */
  async digest(check?: () => void): Promise<string> {
    if (this.#hash !== undefined) return this.#hash.copy().digest("base64url");
    const hash = createHash("sha256");
    for await (const block of this.blocks(check)) hash.update(block);
    return hash.digest("base64url");
  }

  /** What it begins with: at most a block. */
  lead(): Promise<Uint8Array> {
    return readBlock(this.#path, this.#sealing, this.#size, 0);
  }

  /** The whole content. Throws as `blocks` does. */
  async whole(check?: () => void): Promise<Uint8Array<ArrayBuffer>> {
    const content = new Uint8Array(this.#size);
    let at = 0;
    for await (const block of this.blocks(check)) {
      content.set(block, at);
      at += block.length;
    }
    return content;
  }

  /** The whole content, block by block. Throws if one is missing or damaged, or when `check`, which is called before each, does. */
  async *blocks(check: () => void = () => {}): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
    for await (const block of readBlocks(this.#path, this.#sealing, this.#size)) {
      check();
      yield block;
    }
  }

  async #wholeBlocks(): Promise<number> {
    const bytes = await sizeIfThere(this.#path);
    if (bytes === 0) {
      this.#hash = createHash("sha256");
      return 0;
    }
    if (bytes === sealedSizeOf(this.#size)) return blocksOf(this.#size);
    const blocks = Math.floor(bytes / sealedBlockBytes);
    await Deno.truncate(this.#path, blocks * sealedBlockBytes);
    return blocks;
  }
}

async function syncData(path: string): Promise<void> {
  using file = await Deno.open(path, { write: true });
  await file.syncData();
}

async function sizeIfThere(path: string): Promise<number> {
  try {
    return (await Deno.stat(path)).size;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return 0;
    throw error;
  }
}
