import type { Answer } from "../../shared/protocol/mod.ts";
import type { Connection } from "./connection.ts";

/** What the list of rooms says of this one, asked for now. Undefined if it is not open to the person. */
export async function listedRoom(
  connection: Pick<Connection, "request">,
  name: string,
): Promise<Answer<"rooms">["rooms"][number] | undefined> {
  // Lists begin behind a name, and only those with the same beginning may stand before this one.
  let after: string | undefined = name.slice(0, -1) || undefined;
  for (;;) {
    const { rooms, more }: Answer<"rooms"> = await connection.request<"rooms">({ type: "rooms", after });
    const listed = rooms.find(({ room }) => room === name);
    after = rooms.at(-1)?.room;
    if (listed !== undefined || !more || after === undefined || after >= name) return listed;
  }
}
