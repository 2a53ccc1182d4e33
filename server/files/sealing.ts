/**
 * A content is sealed in blocks, each under the content's own key with a random nonce: AES-256-GCM (NIST SP 800-38D). A
 * block is bound to its content, its number and whether it is the last one, so that what was cut off, exchanged or put
 * into another order does not open. By WebCrypto, whose work is not done in the thread that chats.
 */
import { Buffer } from "node:buffer";
import { systemChance } from "../../shared/world/mod.ts";
import { nonceBytes, nonceSource } from "../keyring/mod.ts";
import { limits } from "../../shared/protocol/mod.ts";

/** Bytes in every block but the last, which has at most so many. */
export const blockBytes: number = limits.chunkBytes;

/**
 * After so many blocks they are brought to the disk: what gathers in memory for long would hold up the messages that are
 * to be on disk at the moment when all of it is written.
 */
export const syncEveryBlocks = 64;

const tagBytes = 16;

/** What a block is longer for being sealed, in bytes. */
export const sealBytes: number = nonceBytes + tagBytes;

export const sealedBlockBytes: number = blockBytes + sealBytes;

const keyBytes = 32;

/** A key for one content, in base64url. Never from a test's chance: what is stored outlives every seed. */
export function newKey(): string {
  return Buffer.from(systemChance().bytes(keyBytes)).toString("base64url");
}

/** Opens and seals the blocks of one content. */
export class Sealing {
  readonly #place: string;
  readonly #key: Promise<CryptoKey>;
  readonly #nonce = nonceSource(1);

  /** `key` is in base64url. */
  constructor(place: string, key: string) {
    this.#place = place;
    const bytes = Uint8Array.from(Buffer.from(key, "base64url"));
    this.#key = crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
  }

  async seal(number: number, isLast: boolean, plain: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
    const nonce = this.#nonce();
    const sealed = await crypto.subtle.encrypt(this.#bound(nonce, number, isLast), await this.#key, plain);
    const block = new Uint8Array(nonceBytes + sealed.byteLength);
    block.set(nonce);
    block.set(new Uint8Array(sealed), nonceBytes);
    return block;
  }

  /** Throws if it is not this block of this content, whole. */
  async open(
    number: number,
    isLast: boolean,
    block: Uint8Array<ArrayBuffer>,
  ): Promise<Uint8Array<ArrayBuffer>> {
    if (block.length <= sealBytes) throw new RangeError("too short to be sealed");
    const bound = this.#bound(block.subarray(0, nonceBytes), number, isLast);
    return new Uint8Array(
      await crypto.subtle.decrypt(bound, await this.#key, block.subarray(nonceBytes)),
    );
  }

  #bound(nonce: Uint8Array, number: number, isLast: boolean): AesGcmParams {
    const bound = `chat file ${this.#place} ${number} ${isLast ? "last" : "more"}`;
    return {
      name: "AES-GCM",
      iv: new Uint8Array(nonce),
      additionalData: new TextEncoder().encode(bound),
      tagLength: tagBytes * 8,
    };
  }
}

/** How many blocks a content of `size` bytes has. */
export function blocksOf(size: number): number {
  return Math.ceil(size / blockBytes);
}

/** How many bytes a content of `size` bytes takes on the disk. */
export function sealedSizeOf(size: number): number {
  return size + blocksOf(size) * sealBytes;
}
