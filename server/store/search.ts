/** Finds messages by their words. What is in the index tells nobody the words: see search_entries.ts. */
import type { DatabaseSync } from "node:sqlite";
import type { Keyring } from "../keyring/mod.ts";
import { placeOfText } from "./places.ts";
import { bytes, integer, optional, type Row } from "./row.ts";
import {
  blockMessages,
  blockOf,
  type Feature,
  featureMark,
  roomMark,
  senderMark,
  Tokens,
} from "./search_entries.ts";
import { hourOf, prepareIndex, type SearchIndex } from "./search_index.ts";
import { gap, holdsPhrases, wordsIn } from "./search_words.ts";

/** What a message must be to be found. At least one of the first four narrows it. */
export interface SearchWish {
  /** Groups of words that stand side by side in it, as `phrasesIn` gives them. */
  readonly phrases: readonly (readonly string[])[];
  readonly accountId: number | undefined;
  readonly feature: Feature | undefined;
  /** The rooms that it may be in. */
  readonly roomIds: readonly number[] | undefined;
  /** Said after this time. */
  readonly after: number | undefined;
  /** Said at this time or before it. */
  readonly until: number | undefined;
  /** With a lower number than this. */
  readonly before: number | undefined;
}

/** How far a search has come: below this number nothing was looked at. */
export interface SearchStep {
  readonly number: number;
  /** What was found there. */
  readonly message?: FoundMessage;
}

export interface FoundMessage {
  readonly roomId: number;
  readonly seq: number;
  /** The message that it replies to. */
  readonly thread: number | undefined;
  readonly time: number;
  readonly expires: number | undefined;
}

/** The messages before and after a message, if there are any. */
export interface Neighbours {
  readonly before: number | undefined;
  readonly after: number | undefined;
}

export interface SearchReader extends SearchIndex {
  /** Messages that were not deleted, in falling order of their numbers. No step takes longer than some 20 ms. */
  scan(wish: SearchWish): Iterable<SearchStep>;
  /** Of a message of the room or of a thread. */
  neighbours(roomId: number, seq: number, thread: number | undefined): Neighbours;
}

export function prepareSearch(database: DatabaseSync, keyring: Keyring): SearchReader {
  const tokens = new Tokens(keyring);
  return {
    ...prepareIndex(database, keyring, tokens),
    scan: prepareScan(database, keyring, tokens),
    neighbours: prepareNeighbours(database),
  };
}

/** Not read one by one: Deno's `iterate` takes an error, such as a damaged index gives, for the end. */
const rowsAtOnce = 50;

/** Up to so many rooms are looked for by name; of more, the looking would cost more than to pass over what is elsewhere. */
const namedRoomsMax = 4;

function prepareScan(database: DatabaseSync, keyring: Keyring, tokens: Tokens): SearchReader["scan"] {
  const numbersWithin = prepareNumbersWithin(database);
  const found = database.prepare(
    `SELECT event.number, room_id, seq, thread, time, expires, account_id, text
       FROM search CROSS JOIN event INDEXED BY event_by_number ON event.number = search.rowid
      WHERE search MATCH ?1 AND search.rowid < ?2 AND text IS NOT NULL AND time > ?3 AND time <= ?4
        AND (?5 = 0 OR calls IS NOT NULL
             OR EXISTS (SELECT 1 FROM mention WHERE room_id = event.room_id AND seq = event.seq AND named = 1))
      ORDER BY search.rowid DESC LIMIT ?6`,
  );
  return function* (wish) {
    const { after = -1, until = Number.MAX_SAFE_INTEGER, before = Number.MAX_SAFE_INTEGER } = wish;
    const { first, last } = numbersWithin(after, until);
    const hasMention = Number(wish.feature === "mention");
    const rooms = wish.roomIds && new Set(wish.roomIds);
    const phrases = wish.phrases.filter((phrase) => phrase.length > 1);
    let end = Math.min(before, last + 1);
    for (let block = blockOf(end - 1); block >= blockOf(first); block--) {
      const match = matchOf(wish, tokens, block);
      let rows: Row[];
      do {
        rows = found.all(match, end, after, until, hasMention, rowsAtOnce);
        for (const row of rows) {
          end = integer(row, "number");
          const message = toMessage(row);
          const isFound = (rooms?.has(message.roomId) ?? true) && holds(keyring, row, message, phrases);
          yield isFound ? { number: end, message } : { number: end };
        }
      } while (rows.length === rowsAtOnce);
      if (block > 0) yield { number: block * blockMessages };
    }
  };
}

/**
 * Whether words stand side by side is not in the index: to find that there could take seconds for a few thousand messages
 * that say the same words over and over, and cannot be interrupted.
 */
function holds(
  keyring: Keyring,
  row: Row,
  { roomId, seq }: FoundMessage,
  phrases: readonly (readonly string[])[],
): boolean {
  if (phrases.length === 0) return true;
  const place = placeOfText(roomId, seq, integer(row, "account_id"));
  const text = keyring.openIntact(place, bytes(row, "text"));
  return text !== undefined && holdsPhrases(wordsIn(text), phrases);
}

/** The query in the language of FTS5. */
function matchOf(
  { phrases, accountId, feature, roomIds }: SearchWish,
  tokens: Tokens,
  block: number,
): string {
  const words = new Set(phrases.flat());
  words.delete(gap);
  if (accountId !== undefined) words.add(senderMark(accountId));
  if (feature !== undefined) words.add(featureMark(feature));
  const parts = tokens.of([...words], block);
  if (roomIds !== undefined && roomIds.length <= namedRoomsMax) {
    parts.push(`(${tokens.of(roomIds.map(roomMark), block).join(" OR ")})`);
  }
  return parts.join(" AND ");
}

/** Numbers between which all messages of a span of time are: clocks jump, so that it is seldom told by two messages. */
function prepareNumbersWithin(
  database: DatabaseSync,
): (after: number, until: number) => { readonly first: number; readonly last: number } {
  const first = database.prepare("SELECT min(first) AS number FROM search_hour WHERE hour >= ?");
  const last = database.prepare("SELECT max(last) AS number FROM search_hour WHERE hour <= ?");
  return (after, until) => ({
    first: optional(integer, first.get(hourOf(after)) ?? {}, "number") ?? Number.MAX_SAFE_INTEGER,
    last: optional(integer, last.get(hourOf(until)) ?? {}, "number") ?? 0,
  });
}

function toMessage(row: Row): FoundMessage {
  return {
    roomId: integer(row, "room_id"),
    seq: integer(row, "seq"),
    thread: optional(integer, row, "thread"),
    time: integer(row, "time"),
    expires: optional(integer, row, "expires"),
  };
}

function prepareNeighbours(database: DatabaseSync): SearchReader["neighbours"] {
  const said = "SELECT seq FROM said WHERE room_id = ? AND thread = ?";
  const before = database.prepare(`${said} AND seq < ? ORDER BY seq DESC LIMIT 1`);
  const after = database.prepare(`${said} AND seq > ? ORDER BY seq LIMIT 1`);
  const seqOf = (row: Row | undefined) => row && integer(row, "seq");
  return (roomId, seq, thread) => ({
    before: seqOf(before.get(roomId, thread ?? 0, seq)) ?? thread,
    after: seqOf(after.get(roomId, thread ?? 0, seq)),
  });
}
