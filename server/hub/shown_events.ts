/** Events of a room as they are told to somebody who pages it: each with what became of it since. */
import { limits, type RoomEvent } from "../../shared/protocol/mod.ts";
import {
  damagedText,
  type EventRow,
  type KeptFile,
  type ReactionRow,
  type RepliesRow,
} from "../store/mod.ts";
import type { Accounts } from "./accounts.ts";
import { affairEvent, isAffair } from "./affairs.ts";
import type { Hub } from "./hub.ts";
import { rowsAsSeen } from "./lifetimes.ts";
import { toldMentions } from "./mentioning.ts";
import { cutByWeight, cutPage } from "./page.ts";
import type { Room } from "./room.ts";
import { showFiles } from "./sent_files.ts";

/** How many of those who replied last are named with a thread's first message. */
const repliersMax = 3;

/** How many of a thread's newest replies are looked at to find them. */
const newestReplies = 50;

/** The first `limit` events of `rows`, or fewer where they would make the line too long; rows beyond are not read. */
export function showPage(
  hub: Hub,
  room: Room,
  rows: Iterable<EventRow>,
  limit: number,
  bytesMax: number = limits.pageBytes,
): { items: RoomEvent[]; more: boolean } {
  const found = takeRows(rows, limit, bytesMax);
  const rowsShown = withFewReactions(hub, room, found.slice(0, limit));
  const { items, more } = cutPage(showEvents(hub, room, rowsShown), limit, bytesMax);
  return { items, more: more || found.length > items.length };
}

/** A page of messages with many reactions ends early: to open them takes the server longer than all else. */
function withFewReactions({ store }: Hub, { row: { id } }: Room, rows: readonly EventRow[]): EventRow[] {
  const counts = store.details.reactionCounts(id, rows.map(({ seq }) => seq));
  return cutByWeight(rows, ({ seq }) => counts.get(seq) ?? 0, limits.reactionsPerMessage);
}

/** One row more than `limit`, if there are so many; fewer where their texts alone are more than `bytesMax`. */
function takeRows(rows: Iterable<EventRow>, limit: number, bytesMax: number): EventRow[] {
  const taken: EventRow[] = [];
  let characters = 0;
  for (const row of rows) {
    taken.push(row);
    characters += row.text?.length ?? 0;
    if (taken.length > limit || characters > bytesMax) break;
  }
  return taken;
}

/** The events as they are now, in their order. The store is asked once for each kind of thing that belongs to them. */
export function showEvents(hub: Hub, room: Room, found: readonly EventRow[]): RoomEvent[] {
  const { accounts } = hub;
  const rows = rowsAsSeen(hub, room, found);
  logDamaged(hub, room, rows);
  const beside = readBeside(hub, room, rows);
  return rows.map((row) => {
    const { type } = row;
    if (type === "message") return showMessage(accounts, beside, row);
    if (type === "expired") return { type, seq: row.seq, time: row.time, targets: stored(row.targets) };
    if (isAffair(type)) return affairEvent(accounts, room, { ...row, type });
    return showDeed(accounts, beside, row);
  });
}

/** One damaged message shall not keep anybody from those around it. */
function textOf({ text, damaged }: EventRow): string | undefined {
  return damaged ? damagedText : text;
}

/** Whether a message is neither deleted nor over. */
function isThere({ text, damaged }: EventRow): boolean {
  return text !== undefined || damaged === true;
}

function logDamaged({ world }: Hub, room: Room, rows: readonly EventRow[]): void {
  for (const { seq, damaged } of rows) {
    if (damaged) world.log.error("message_damaged", { room: room.name, seq });
  }
}

/** What belongs to the messages of a page beside their rows, by message. */
interface Beside {
  readonly texts: ReadonlyMap<number, EventRow>;
  readonly reactions: ReadonlyMap<number, readonly ReactionRow[]>;
  readonly replies: ReadonlyMap<number, RepliesRow>;
  readonly named: ReadonlyMap<number, readonly { readonly accountId: number }[]>;
  readonly files: ReadonlyMap<number | undefined, readonly KeptFile[]>;
}

function readBeside(hub: Hub, room: Room, rows: readonly EventRow[]): Beside {
  const { store } = hub, { id } = room.row;
  const messages = rows.filter(({ type }) => type === "message");
  const shown = new Map(messages.map((row) => [row.seq, row]));
  const edited = rows.flatMap(({ type, target }) =>
    type === "edited" && target !== undefined && !shown.has(target) ? [target] : []
  );
  const others = edited.length === 0 ? [] : rowsAsSeen(hub, room, store.events.listed(id, edited));
  const texts = new Map([...messages, ...others].map((row) => [row.seq, row]));
  const there = [...texts.values()].filter(isThere).map(({ seq }) => seq);
  const { reactions, replies, named } = store.details;
  return {
    texts,
    reactions: Map.groupBy(reactions(id, there), ({ target }) => target),
    replies: new Map(replies(id, [...shown.keys()], newestReplies).map((row) => [row.thread, row])),
    named: Map.groupBy(named(id, there), ({ seq }) => seq),
    files: Map.groupBy(store.files.ofMessages(id, there), ({ file }) => file.seq),
  };
}

function showMessage(accounts: Accounts, beside: Beside, row: EventRow): RoomEvent<"message"> {
  const { seq, time, thread, quote, edited, expires } = row;
  const text = textOf(row);
  return {
    type: "message",
    seq,
    from: accounts.withId(row.accountId).name,
    time,
    text,
    thread,
    quote,
    edited,
    deleted: text === undefined || undefined,
    pinned: row.pinned || undefined,
    reactions: showReactions(accounts, beside.reactions.get(seq)),
    replies: showReplies(accounts, beside.replies.get(seq)),
    mentions: showMentions(accounts, beside, row),
    files: showFiles(beside.files.get(seq)),
    expires,
  };
}

/** In the order in which each emoji was first used. */
function showReactions(
  accounts: Accounts,
  rows: readonly ReactionRow[] = [],
): RoomEvent<"message">["reactions"] {
  if (rows.length === 0) return undefined;
  return [...Map.groupBy(rows, ({ emoji }) => emoji)].map(([emoji, puts]) => ({
    emoji,
    from: puts.map(({ accountId }) => accounts.withId(accountId).name),
  }));
}

function showReplies(accounts: Accounts, row: RepliesRow | undefined): RoomEvent<"message">["replies"] {
  if (row === undefined) return undefined;
  const ids = [...new Set(row.accountIds)].slice(0, repliersMax);
  return { count: row.count, seq: row.newest, from: ids.map((id) => accounts.withId(id).name) };
}

function showMentions(accounts: Accounts, { named }: Beside, { seq, calls }: EventRow): string[] | undefined {
  return toldMentions(accounts, (named.get(seq) ?? []).map(({ accountId }) => accountId), calls);
}

/** What somebody did to a message. */
function showDeed(accounts: Accounts, beside: Beside, row: EventRow): RoomEvent {
  const { type, seq, time } = row;
  const deed = { seq, time, from: accounts.withId(row.accountId).name, target: stored(row.target) };
  switch (type) {
    case "edited": {
      const message = beside.texts.get(deed.target);
      const mentions = message && showMentions(accounts, beside, message);
      return { type, ...deed, text: message && textOf(message), mentions };
    }
    case "reacted":
      return { type, ...deed, emoji: row.text };
    case "unreacted":
      return { type, ...deed, reaction: stored(row.reaction) };
    case "deleted":
    case "pinned":
    case "unpinned":
      return { type, ...deed };
    default:
      throw new Error(`Not an event about a message: ${type}`);
  }
}

/** What events of this kind are always stored with. */
function stored<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error("The database holds an event that this program did not write");
  return value;
}
