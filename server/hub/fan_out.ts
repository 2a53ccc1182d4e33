import { toBytes } from "../../shared/protocol/mod.ts";
import type { Outbox } from "./outbox.ts";
import type { Room } from "./room.ts";

/** One event for a room: the line for its members, and what the session that caused it gets in its place. */
interface Told {
  readonly line: string;
  readonly author: Outbox | undefined;
  readonly answer: string;
}

/**
 * Tells rooms what was committed. Lines gather per room until `flush`; then they are encoded once and the same bytes
 * go to every session in the room, but for those that caused some of them, which get their answers instead.
 */
export class FanOut {
  readonly #told: Map<Room, Told[]> = new Map();
  #afterwards: (() => void)[] = [];

  /** Adds an event's line for everybody in `room`; `author`, if any, gets the line `answer` instead. */
  tell(room: Room, line: string, author?: Outbox, answer: string = ""): void {
    const told = this.#told.get(room);
    if (told === undefined) this.#told.set(room, [{ line, author, answer }]);
    else told.push({ line, author, answer });
  }

  /** Has `tell` called at the end of the next `flush`: what is told then comes after all that was gathered. */
  afterwards(tell: () => void): void {
    this.#afterwards.push(tell);
  }

  /** Sends what has gathered for every room. */
  flush(): void {
    for (const [room, told] of this.#told) send(room, told);
    this.#told.clear();
    const afterwards = this.#afterwards;
    this.#afterwards = [];
    for (const tell of afterwards) tell();
  }

  /** Sends what has gathered for one room: before its audience changes, so that each event reaches those it is for. */
  flushRoom(room: Room): void {
    const told = this.#told.get(room);
    if (told === undefined) return;
    this.#told.delete(room);
    send(room, told);
  }
}

function send(room: Room, told: readonly Told[]): void {
  const authors = new Set<Outbox>();
  let lines = "";
  for (const { line, author } of told) {
    lines += line;
    if (author !== undefined) authors.add(author);
  }
  for (const author of authors) author.push(toBytes(linesFor(author, told, room.attached.has(author))));
  // Nothing is left to encode in a room whose every session has spoken in this turn.
  let shared: Uint8Array | undefined;
  for (const outbox of room.attached) {
    if (authors.has(outbox)) continue;
    shared ??= toBytes(lines);
    outbox.push(shared);
  }
}

function linesFor(author: Outbox, told: readonly Told[], attached: boolean): string {
  let lines = "";
  for (const each of told) {
    if (each.author === author) lines += each.answer;
    else if (attached) lines += each.line;
  }
  return lines;
}
