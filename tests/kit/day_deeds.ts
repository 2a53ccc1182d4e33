/** What people do on a working day: one thing at a time, chosen by dice from what their client shows them. */
import { type Connection, ConnectionLost } from "../../client/connection/mod.ts";
import { Refusal } from "../../shared/protocol/mod.ts";
import type { Device } from "./device.ts";
import type { Dice } from "./dice.ts";

/** What searches look for. */
export const searchWords = ["harbour", "lantern", "pepper"] as const;

/** Everybody that a deed may be about, but for the owner, who stays in all rooms. */
const others = ["ben", "eve", "dan", "gus"] as const;

const openRooms = ["tea", "plans", "lab"] as const;

/** Words that were never said before: `number` has not been used. */
export function newWords(dice: Dice, number: number): string {
  const word = dice.pick(searchWords);
  const text = dice.pick([
    `${word} n${number}`,
    `the ${word} is here n${number}`,
    `@${dice.pick(["ana", ...others])} ${word} n${number}`,
    `@room ${word} n${number}`,
    `@here ${word} n${number}`,
    `\`@ana ${word}\` n${number}`,
    `see https://example.org/${word}/${number} n${number}`,
    `two\nlines of ${word} n${number}`,
  ]);
  return text;
}

type Verb = (dice: Dice, seq: number, number: number) => string;

const talking: readonly Verb[] = [
  (dice, _seq, number) => newWords(dice, number),
  (dice, _seq, number) => newWords(dice, number),
  (dice, _seq, number) => newWords(dice, number),
  (dice, _seq, number) => `/me ${newWords(dice, number)}`,
  (_dice, _seq, number) => `//begins with a slash n${number}`,
  (dice, seq, number) => `/reply ${seq} ${newWords(dice, number)}`,
  (dice, seq, number) => `/reply ${seq} ${newWords(dice, number)}`,
  (dice, seq, number) => `/quote ${seq} ${newWords(dice, number)}`,
];

const changing: readonly Verb[] = [
  (dice, _seq, number) => `/edit ${newWords(dice, number)}`,
  (dice, seq, number) => `/edit ${seq} ${newWords(dice, number)}`,
  () => "/delete",
  (_dice, seq) => `/delete ${seq}`,
  (dice, seq) => `/react ${seq} ${dice.pick(["+1", "tada", "👀"])}`,
  (dice, seq) => `/react ${seq} ${dice.pick(["+1", "tada", "👀"])}`,
  (dice) => `/react ${dice.pick(["+1", "tada"])}`,
  (dice, seq) => `/unreact ${seq} ${dice.pick(["+1", "tada", "👀"])}`,
  (_dice, seq) => `/pin ${seq}`,
  (_dice, seq) => `/unpin ${seq}`,
];

const reading: readonly Verb[] = [
  (_dice, seq) => `/thread ${seq}`,
  (_dice, seq) => `/thread ${seq}`,
  (_dice, seq) => `/follow ${seq}`,
  (_dice, seq) => `/unfollow ${seq}`,
  () => "/threads",
  (_dice, seq) => `/unread ${seq}`,
  (_dice, seq) => `/show ${seq}`,
  (_dice, seq) => `/edits ${seq}`,
  () => "/history",
  () => "/mentions",
  () => "/pins",
  () => "/drafts",
  () => "/rooms",
  () => "/who",
  (dice) => `/search ${dice.pick(searchWords)} in:here`,
];

const moderating: readonly Verb[] = [
  (dice, _seq, number) => `/topic ${dice.pick(["none", `topic ${number}`])}`,
  (dice, _seq, number) => `/describe ${dice.pick(["none", `description ${number}`])}`,
  (dice) => dice.pick(["/archive", "/archive off", "/archive off"]),
  (dice) => `/access ${dice.pick(["public", "private"])}`,
  (dice) => `/kick ${dice.pick(others)}`,
  (dice) => `/ban ${dice.pick(others)}`,
  (dice) => `/add ${dice.pick(others)}`,
  (dice) => `/add ${dice.pick(others)}`,
  (dice) => `/add ${dice.pick(others)}`,
  (dice) => `/mod ${dice.pick(others)}`,
  (dice) => `/mute ${dice.pick(others)}`,
  (dice) => `/mod ${dice.pick(others)}`,
  (dice) => `/usual ${dice.pick(others)}`,
];

const going: readonly Verb[] = [
  (dice) => `/join ${dice.pick(openRooms)}`,
  (dice) => `/join ${dice.pick(openRooms)}`,
  () => "/leave",
  (dice) => `/notify ${dice.pick(["all", "mentions", "nothing"])}`,
  (dice, _seq, number) => `/dm ${dice.pick(others)},${dice.pick(others)} ${newWords(dice, number)}`,
  () => "/create lab",
];

const people: readonly Verb[] = [
  (dice, _seq, number) => `/status ${dice.pick(["away", "busy", "online", "none", `status ${number}`])}`,
  (dice, _seq, number) => `/name ${dice.pick(["none", `Name ${number}`])}`,
  (dice) => `/zone ${dice.pick(["none", "Europe/Lisbon", "Asia/Tokyo"])}`,
  (dice) => `/profile ${dice.pick(["ana", ...others])}`,
];

/** What has no command, since faces do it as people look and type. */
const quiet: readonly ((connection: Connection, room: string, seq: number, number: number) => unknown)[] = [
  (connection, room, seq) => connection.markRead(room, seq),
  (connection, room) => connection.markRead(room, connection.model().rooms.get(room)?.cursor ?? 0),
  (connection, room, _seq, number) => connection.request({ type: "draft", room, text: `draft ${number}` }),
  (connection, room) => connection.request({ type: "draft", room, text: "" }),
  (connection, room, seq, number) =>
    connection.request({ type: "draft", room, thread: seq, text: `draft ${number}` }),
  (connection, room) => connection.request({ type: "typing", room }),
];

const usual = [...times(8, talking), ...times(6, changing), ...times(4, reading), ...times(3, going), people];

/** What people do who may see to the room, and what the others are refused. */
const shares = {
  moderator: [...usual, ...times(7, moderating)],
  other: [...times(3, usual).flat(), moderating],
};

function times<T>(count: number, value: T): T[] {
  return Array.from({ length: count }, () => value);
}

/** Does something. What the server refuses, and what the network cuts off, is nothing. */
export async function doSomething(device: Device, dice: Dice, number: number): Promise<void> {
  const { connection } = device;
  const { me, rooms } = connection.model();
  const room = dice.pick(rooms.size === 0 ? ["general"] : [...rooms.keys()]);
  const { events = [], standing } = rooms.get(room) ?? {};
  const messages = events.filter(({ type }) => type === "message").slice(-12);
  const seq = messages.length === 0 ? 1 : dice.pick(messages).seq;
  const verbs = shares[me.role === "owner" || standing === "moderator" ? "moderator" : "other"];
  try {
    if (dice.percent(20)) await dice.pick(quiet)(connection, room, seq, number);
    else await device.type(dice.pick(dice.pick(verbs))(dice, seq, number), room);
  } catch (cause) {
    if (cause instanceof ConnectionLost) return;
    if (!(cause instanceof Refusal) || cause.code === "internal") throw cause;
  }
}
