/** What is unread of a room and of its threads. The server counts; between two of its counts the client goes on by itself. */
import { limits, type Signal } from "../../shared/protocol/mod.ts";
import type { Message, RoomModel, ShownEvent, ThreadModel } from "./room_model.ts";
import type { PlacedEvent } from "./take_events.ts";

/** Threads of one room that are remembered; of more, those that were heard of last. */
const threadsMax = 1_000;

/** Something was pushed: it is counted at once, even if it is shown later. */
export function heard(room: RoomModel, event: PlacedEvent, me: string): RoomModel {
  if (event.type !== "message" || event.seq <= room.counted) return room;
  const counted = { ...room, counted: event.seq };
  if (event.thread !== undefined) return heardReply(counted, event, event.thread, me);
  if (event.from === me) return isRead(counted, event.seq, me);
  if (event.seq <= room.read) return counted;
  return {
    ...counted,
    unread: oneMore(room.unread),
    mentions: means(event, me) ? oneMore(room.mentions) : room.mentions,
  };
}

/** One's own message was stored, which may be told before what others said earlier. */
export function spoke(room: RoomModel, message: Message, me: string): RoomModel {
  return message.thread === undefined
    ? isRead(room, message.seq, me)
    : heardReply(room, message, message.thread, me);
}

/** What the server says of where one stands in a room. */
export function stands(
  room: RoomModel,
  { read, unread, mentions }: Omit<Signal<"unread">, "type" | "room">,
): RoomModel {
  return { ...room, read, unread, mentions };
}

export function standsToThread(room: RoomModel, seq: number, thread: ThreadModel): RoomModel {
  const threads = new Map(room.threads);
  threads.delete(seq);
  threads.set(seq, thread);
  const [oldest] = threads.keys();
  if (threads.size > threadsMax && oldest !== undefined) threads.delete(oldest);
  return { ...room, threads };
}

/** The room, read up to `seq`, as far as it can be told here; the server's count follows. It never goes back by this. */
export function isRead(room: RoomModel, seq: number, me: string): RoomModel {
  if (seq <= room.read) return room;
  const left = room.events.filter((event) => event.seq > seq && isCounted(event, me));
  return {
    ...room,
    read: seq,
    unread: Math.min(room.unread, left.length),
    mentions: Math.min(room.mentions, left.filter((event) => means(event, me)).length),
  };
}

/** Whether a message is meant for this person, by name or as one of all. */
export function means(event: ShownEvent, me: string): boolean {
  if (event.type !== "message" || event.from === me) return false;
  return event.mentions?.some((name) => name === me || name === "@room" || name === "@here") ?? false;
}

/** Whether an event counts as unread as long as it is not read. */
export function isCounted(event: ShownEvent, me: string): event is Message {
  return event.type === "message" && event.from !== me && event.thread === undefined && !event.deleted;
}

function heardReply(room: RoomModel, { seq, from }: Message, root: number, me: string): RoomModel {
  const thread = room.threads.get(root);
  if (thread === undefined) return room;
  // Whether one follows by it depends on what one has decided before: the server tells.
  if (from === me) return standsToThread(room, root, { ...thread, read: seq, unread: 0 });
  if (!thread.following || seq <= thread.read) return room;
  return standsToThread(room, root, { ...thread, unread: oneMore(thread.unread) });
}

function oneMore(count: number): number {
  return Math.min(limits.unreadMax, count + 1);
}
