import { isCounted, type Message } from "../model/mod.ts";
import { type Command, type Desk, misused, type Outcome } from "./command.ts";

/** A message of the room that the person talks in, and what they said after its number. */
export interface Named {
  readonly room: string;
  readonly seq: number;
  readonly rest: string;
}

type Written = Pick<Command, "name" | "takes">;

/** The message that the text begins with the number of; where it begins with none, the newest one that is `meant`. */
export function messageNamed(
  { connection, room }: Desk,
  command: Written,
  text: string,
  meant?: (message: Message, me: string) => boolean,
): Named | Outcome {
  if (room === undefined) return misused(command, "You are in no room");
  const [, number, rest = ""] = /^#?(\d{1,15})(?:\s+([^]*))?$/.exec(text) ?? [];
  if (number !== undefined && Number(number) > 0) return { room, seq: Number(number), rest };
  if (meant === undefined) return misused(command, noNumber);
  const { me, rooms } = connection.model();
  const newest = rooms.get(room)?.events.findLast((event): event is Message =>
    event.type === "message" && !event.deleted && meant(event, me.username)
  );
  if (newest !== undefined) return { room, seq: newest.seq, rest: text };
  return misused(command, "There is no such message among those that were shown: give its number");
}

const noNumber = "The number of a message is missing: it stands before its time, or /history shows it";

export function isNamed(named: Named | Outcome): named is Named {
  return "seq" in named;
}

export function isOwn({ from }: Message, me: string): boolean {
  return from === me;
}

export function isOthers(message: Message, me: string): boolean {
  return isCounted({ ...message, thread: undefined }, me);
}
