import { roomName, userName } from "../../shared/protocol/mod.ts";
import type { ProgramSession } from "../entrance/mod.ts";

/** The room that is meant by `ops`, `#ops`, or as the conversation with somebody by `@ben`. Throws a `Refusal`. */
export async function roomNamed(session: ProgramSession, word: string): Promise<string> {
  if (!word.startsWith("@")) return roomName.read(word.replace(/^#/, ""), "ROOM");
  const usernames = [userName.read(word.slice(1), "ROOM")];
  const { room } = await session.insist<"direct">({ type: "direct", usernames });
  return room ?? word;
}
