import type { Answer } from "../../shared/protocol/mod.ts";
import type { Connection } from "../connection/mod.ts";

/** What the list of rooms says of this one, asked for now. Undefined if it is not open to the person. */
export async function listedRoom(
  connection: Connection,
  name: string,
): Promise<Answer<"rooms">["rooms"][number] | undefined> {
  // Names come in their order, so that only those with the same beginning may stand before this one.
  const beginning = name.slice(0, -1);
  const after = beginning === "" ? undefined : beginning;
  const { rooms } = await connection.request({ type: "rooms", after });
  return rooms.find(({ room }) => room === name);
}
