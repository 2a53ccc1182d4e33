/** What happened to messages and rooms, taken into those that are held. Whatever is taken twice changes nothing more. */
import type { RoomEvent } from "../../shared/protocol/mod.ts";
import { indexOf, type Message, type RoomModel, type ShownEvent } from "./room_model.ts";

/** The people who replied last, as many as the server tells. */
const repliersMax = 3;

/** The events, by rising `seq`, with the messages as they are after the last so many of them, which are new. */
export function afterNews(events: readonly ShownEvent[], news: number): readonly ShownEvent[] {
  const now = [...events];
  for (const event of events.slice(events.length - news)) {
    if (event.type === "expired") takeAway(now, event.targets, event.seq);
    const seq = targetOf(event);
    const at = seq === undefined ? -1 : indexOf(now, seq);
    const target = now[at];
    if (event.type === "deleted" || event.type === "edited" || event.type === "unreacted") {
      correctTold(now, event);
    }
    if (target?.type !== "message") continue;
    now[at] = messageAfter(target, event, now);
    if (event.type === "deleted" && target.thread !== undefined) countReplies(now, target.thread);
  }
  return now;
}

/** The room with what an event says of it: its topic and the like, who is in it, and how oneself stands. */
export function roomAfter(room: RoomModel, event: ShownEvent, me: string): RoomModel {
  if (event.type === "changed") {
    const { topic, description, access, archived, held, retentionMs } = event;
    return {
      ...room,
      ...topic === undefined ? {} : { topic: topic || undefined },
      ...description === undefined ? {} : { description: description || undefined },
      ...access === undefined ? {} : { access },
      ...archived === undefined ? {} : { archived },
      ...held === undefined ? {} : { held },
      ...retentionMs === undefined ? {} : { retentionMs: retentionMs || undefined },
    };
  }
  if (event.type === "standing" && event.username === me && event.seq > room.stoodAt) {
    return { ...room, standing: event.standing };
  }
  if (event.type === "joined" && event.people !== undefined) {
    return { ...room, access: "direct", people: event.people };
  }
  return room;
}

/** The time of these messages is over: nothing of what they said stays, also in what was told of them before `seq`. */
export function takeAway(events: ShownEvent[], targets: readonly number[], seq: number): void {
  for (const target of targets) {
    correctTold(events, { type: "deleted", target, seq });
    const at = indexOf(events, target);
    const message = events[at];
    if (message?.type !== "message" || message.deleted) continue;
    events[at] = afterDeletion(message);
    if (message.thread !== undefined) countReplies(events, message.thread);
  }
}

type Correction =
  | Pick<RoomEvent<"edited">, "type" | "target" | "seq" | "text" | "mentions">
  | Pick<RoomEvent<"deleted">, "type" | "target" | "seq">
  | Pick<RoomEvent<"unreacted">, "type" | "target" | "seq" | "reaction">;

/** What was told of a message before is told as the server tells it now: without texts that are gone. */
function correctTold(events: ShownEvent[], news: Correction): void {
  for (const [at, event] of events.entries()) {
    if (!("target" in event) || event.target !== news.target || event.seq >= news.seq) continue;
    if (event.type === "reacted" && (news.type === "deleted" || isTakenBack(event, news))) {
      const { emoji: _gone, ...rest } = event;
      events[at] = rest;
    }
    if (event.type === "edited" && news.type !== "unreacted") {
      const { text: _before, mentions: _meantBefore, ...rest } = event;
      events[at] = news.type === "deleted" ? rest : { ...rest, text: news.text, mentions: news.mentions };
    }
  }
}

function isTakenBack({ seq }: RoomEvent<"reacted">, news: Correction): boolean {
  return news.type === "unreacted" && news.reaction === seq;
}

/** A reply was deleted: the first message of its thread, if it is held, has one less. */
function countReplies(events: ShownEvent[], thread: number): void {
  const at = indexOf(events, thread);
  const root = events[at];
  if (root?.type === "message") events[at] = { ...root, replies: repliesTo(thread, events) };
}

function targetOf(event: ShownEvent): number | undefined {
  if (event.type === "message") return event.thread;
  return "target" in event ? event.target : undefined;
}

function messageAfter(message: Message, event: ShownEvent, events: readonly ShownEvent[]): Message {
  if (event.type === "message") return { ...message, replies: repliesTo(message.seq, events) };
  if (message.deleted) return message;
  switch (event.type) {
    case "edited":
      return event.text === undefined
        ? message
        : { ...message, text: event.text, mentions: event.mentions, edited: event.time };
    case "deleted":
      return afterDeletion(message);
    case "reacted":
    case "unreacted":
      return { ...message, reactions: reactionsTo(message.seq, events) };
    case "pinned":
      return { ...message, pinned: true };
    case "unpinned":
      return { ...message, pinned: undefined };
    default:
      return message;
  }
}

/** Its place stays, and so do the replies to it. */
function afterDeletion({ type, seq, time, from, thread, replies }: Message): Message {
  return { type, seq, time, from, thread, replies, deleted: true };
}

/** All events after a message are held, so that what was put to it and not taken back is among them. */
function reactionsTo(seq: number, events: readonly ShownEvent[]): Message["reactions"] {
  const about = events.filter((event): event is RoomEvent<"reacted"> =>
    event.type === "reacted" && event.target === seq
  );
  const people = new Map<string, string[]>();
  for (const event of about) {
    if (event.emoji === undefined) continue;
    const from = people.get(event.emoji) ?? [];
    if (!from.includes(event.from)) people.set(event.emoji, [...from, event.from]);
  }
  return people.size === 0 ? undefined : [...people].map(([emoji, from]) => ({ emoji, from }));
}

function repliesTo(seq: number, events: readonly ShownEvent[]): Message["replies"] {
  const replies = events.filter((event): event is Message =>
    event.type === "message" && event.thread === seq && !event.deleted
  );
  const newest = replies.at(-1);
  if (newest === undefined) return undefined;
  const from = [...new Set(replies.toReversed().map(({ from }) => from))].slice(0, repliersMax);
  return { count: replies.length, seq: newest.seq, from };
}
