import { type Answer, Refusal } from "../../shared/protocol/mod.ts";
import type { ProgramSession } from "../entrance/mod.ts";
import { exitCodes } from "./exit_codes.ts";
import { refuseDeaf } from "./refuse_deaf.ts";
import { roomNamed } from "./room_named.ts";

export interface UnreadOptions {
  /** All of one's rooms but those one wants to hear nothing of, unless this is given. */
  readonly room?: string | undefined;
  /** Only how many, in one number. */
  readonly count: boolean;
  readonly json: boolean;
}

interface Counted {
  readonly room: string;
  readonly unread: number;
  readonly mentions: number;
}

/** Tells what is unread, without reading it. Resolves with the exit code. */
export async function unread(session: ProgramSession, options: UnreadOptions): Promise<number> {
  refuseDeaf(session);
  const rooms = await countedRooms(session, options.room);
  Deno.stdout.writeSync(new TextEncoder().encode(textOf(rooms, options)));
  return exitCodes.done;
}

async function countedRooms(session: ProgramSession, word: string | undefined): Promise<readonly Counted[]> {
  const { rooms } = session.welcome;
  if (word === undefined) return rooms.filter(({ level }) => level !== "nothing").map(toCounted);
  const name = await roomNamed(session, word);
  const room = rooms.find((each) => each.room === name);
  if (room === undefined) throw new Refusal("not_a_member", `You are not in the room "${name}"`);
  return [toCounted(room)];
}

/** Where somebody wants to hear only of what means them, nothing else counts. */
function toCounted(
  { room, level, unread = 0, mentions = 0 }: Answer<"auth_success">["rooms"][number],
): Counted {
  return { room, unread: level === "mentions" ? mentions : unread, mentions };
}

function textOf(rooms: readonly Counted[], { count, json }: UnreadOptions): string {
  const unread = sum(rooms.map((room) => room.unread)), mentions = sum(rooms.map((room) => room.mentions));
  const some = rooms.filter((room) => room.unread > 0);
  if (json) return JSON.stringify(count ? { unread, mentions } : { unread, mentions, rooms: some }) + "\n";
  if (count) return `${unread}\n`;
  return some.map((room) => `${room.room}\t${room.unread}\t${room.mentions}\n`).join("");
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
