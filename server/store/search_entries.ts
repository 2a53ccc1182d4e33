/** What the search index holds of a message: nothing in clear. */
import { Buffer } from "node:buffer";
import { createCipheriv, createHmac } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import type { Keyring } from "../keyring/mod.ts";
import { gap, wordsIn } from "./search_words.ts";

export type Feature = "link" | "code" | "mention";

export interface IndexedMessage {
  /** Its place among all messages. */
  readonly number: number;
  readonly roomId: number;
  readonly accountId: number;
  readonly text: string;
}

/**
 * So many messages have words of their own: nothing that is looked for costs more than that many at a time. Chosen so
 * that the worst takes some 20 ms, and a word that is nowhere in 1,000,000 messages less than one.
 */
export const blockMessages = 16_384;

export function blockOf(number: number): number {
  return Math.floor(number / blockMessages);
}

export interface SearchEntries {
  add(message: IndexedMessage): void;
  /** To be called with what the message was when it was added. */
  remove(message: IndexedMessage): void;
}

export function prepareEntries(database: DatabaseSync, tokens: Tokens): SearchEntries {
  const add = database.prepare("INSERT INTO search (rowid, tokens) VALUES (?, ?)");
  const remove = database.prepare("INSERT INTO search (search, rowid, tokens) VALUES ('delete', ?, ?)");
  return {
    add: (message) => add.run(message.number, entryOf(tokens, message)),
    remove: (message) => remove.run(message.number, entryOf(tokens, message)),
  };
}

/** Each word once: how often and where it stands in a message is nobody's business but of whoever may read it. */
function entryOf(tokens: Tokens, { number, roomId, accountId, text }: IndexedMessage): string {
  const marks = [roomMark(roomId), senderMark(accountId), ...featuresIn(text).map(featureMark)];
  const words = new Set([...marks, ...wordsIn(text)]);
  words.delete(gap);
  return tokens.of([...words], blockOf(number)).join(" ");
}

// Marks hold a space, and so are no words.

export function roomMark(roomId: number): string {
  return `room ${roomId}`;
}

export function senderMark(accountId: number): string {
  return `from ${accountId}`;
}

export function featureMark(feature: Feature): string {
  return `has ${feature}`;
}

/** Of mentions, what may be one: whom a message means is known beside its text. */
function featuresIn(text: string): Feature[] {
  const features: Feature[] = [];
  if (/\bhttps?:\/\/\S/i.test(text)) features.push("link");
  if (hasCode(text)) features.push("code");
  if (text.includes("@")) features.push("mention");
  return features;
}

/**
 * Whether a run of backticks comes again in the same length, or a row begins a fence. One expression that looks for the
 * second run takes minutes for a text of backticks.
 */
function hasCode(text: string): boolean {
  if (/^(?:[^\S\n]|>)*(?:`{3}|~{3})/m.test(text)) return true;
  const runs = text.match(/`+/g) ?? [];
  return new Set(runs).size < runs.length;
}

/** How many words are remembered with their tokens at least; at most twice as many. */
const knownWords = 8_192;

/** What one block of AES takes: the length of a word and its letters. Longer words are few. */
const cipherBlockBytes = 16;

/**
 * What stands for words in the index, half a block of AES under keys of this server's own: AES-256 of a word that fits
 * into a block, and of a longer one its HMAC-SHA-256. All new words of a message cost one call; an HMAC for each took a
 * tenth of a second for a long text in a script without spaces.
 */
export class Tokens {
  readonly #keyring: Keyring;
  #keys: { readonly short: Uint8Array; readonly long: Uint8Array } | undefined;
  #recent: Map<string, string> = new Map();
  #earlier: ReadonlyMap<string, string> = new Map();

  constructor(keyring: Keyring) {
    this.#keyring = keyring;
  }

  /** In the order of the words; letters and digits of ASCII alone. Throws KeyTrouble. */
  of(words: readonly string[], block: number): string[] {
    const unknown = words.filter((word) => !this.#recent.has(word) && !this.#earlier.has(word));
    const made = new Map<string, string>();
    if (unknown.length > 0) this.#make(unknown, made);
    return words.map((word) => {
      const token = made.get(word) ?? this.#recent.get(word) ?? this.#earlier.get(word) ?? "";
      this.#keep(word, token);
      // The block comes last: tokens of one word lie side by side for all blocks.
      return `${token}${block}`;
    });
  }

  #make(words: readonly string[], made: Map<string, string>): void {
    this.#keys ??= {
      short: this.#keyring.derive("search"),
      long: this.#keyring.derive("search of long words"),
    };
    const { short, long } = this.#keys;
    const fitting = words.filter(fits);
    const sealed = encipher(short, fitting);
    for (const [index, word] of fitting.entries()) made.set(word, tokenAt(sealed, index * cipherBlockBytes));
    for (const word of words) {
      if (!made.has(word)) made.set(word, tokenAt(createHmac("sha256", long).update(word).digest(), 0));
    }
  }

  #keep(word: string, token: string): void {
    if (this.#recent.has(word)) return;
    if (this.#recent.size === knownWords) {
      this.#earlier = this.#recent;
      this.#recent = new Map();
    }
    this.#recent.set(word, token);
  }
}

function fits(word: string): boolean {
  return word.length < cipherBlockBytes && Buffer.byteLength(word) < cipherBlockBytes;
}

/** Each word in a block of its own. No two blocks are the same, so that what ECB gives away is what an index must. */
function encipher(key: Uint8Array, words: readonly string[]): Buffer {
  const blocks = Buffer.alloc(words.length * cipherBlockBytes);
  for (const [index, word] of words.entries()) {
    const at = index * cipherBlockBytes;
    blocks[at] = blocks.write(word, at + 1);
  }
  return createCipheriv("aes-256-ecb", key, null).setAutoPadding(false).update(blocks);
}

/** All of the same length, so that it is certain where the block begins. */
function tokenAt(bytes: Buffer, at: number): string {
  return bytes.readBigUInt64BE(at).toString(32).padStart(13, "0");
}
