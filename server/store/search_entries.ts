/** What the search index holds of a message: nothing in clear. */
import { createHmac } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import type { Keyring } from "../keyring/mod.ts";
import { wordsIn } from "./search_words.ts";

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

function entryOf(tokens: Tokens, { number, roomId, accountId, text }: IndexedMessage): string {
  const block = blockOf(number);
  const marks = [roomMark(roomId), senderMark(accountId), ...featuresIn(text).map(featureMark)];
  return [...marks, ...wordsIn(text)].map((word) => tokens.of(word, block)).join(" ");
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
  if (/(`+)[^]*?[^`]\1(?!`)|^[\s>]*(?:`{3}|~{3})/m.test(text)) features.push("code");
  if (text.includes("@")) features.push("mention");
  return features;
}

/** How many words are remembered with their tokens at least; at most twice as many. To make one takes some 15 us. */
const knownWords = 8_192;

/** What stands for words in the index: the first quarter of their HMAC-SHA-256 under a key of this server's own. */
export class Tokens {
  readonly #keyring: Keyring;
  #key: Uint8Array | undefined;
  #recent: Map<string, string> = new Map();
  #earlier: ReadonlyMap<string, string> = new Map();

  constructor(keyring: Keyring) {
    this.#keyring = keyring;
  }

  /** Letters and digits of ASCII alone. Throws KeyTrouble. */
  of(word: string, block: number): string {
    // Behind the word: those of one word lie side by side for all blocks.
    return `${
      this.#recent.get(word) ?? this.#keep(word, this.#earlier.get(word) ?? this.#make(word))
    }${block}`;
  }

  #make(word: string): string {
    this.#key ??= this.#keyring.derive("search");
    const digest = createHmac("sha256", this.#key).update(word).digest();
    // All of the same length, so that it is certain where the block begins.
    return digest.readBigUInt64BE().toString(32).padStart(13, "0");
  }

  #keep(word: string, token: string): string {
    if (this.#recent.size === knownWords) {
      this.#earlier = this.#recent;
      this.#recent = new Map();
    }
    this.#recent.set(word, token);
    return token;
  }
}
