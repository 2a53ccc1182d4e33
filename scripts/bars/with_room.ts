import { upTo } from "../load/crowd.ts";
import { populate } from "../load/population.ts";

/** The room that bars talk in. */
export const room = "talk";

/** Runs `use` with a data directory that holds a room with so many members and messages. */
export async function withRoom<Result>(
  members: number,
  use: (data: string) => Promise<Result>,
  messages: number = 0,
): Promise<Result> {
  const data = Deno.makeTempDirSync({ prefix: "chat-bar-" });
  try {
    populate(data, { members, rooms: [{ name: room, members: upTo(members), messages }] });
    return await use(data);
  } finally {
    Deno.removeSync(data, { recursive: true });
  }
}
