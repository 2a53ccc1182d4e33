import { type Command, doneBy, misused } from "./command.ts";

/** Who may find and join a room. */
export const accesses = ["public", "private"] as const;

export const access: Command = {
  name: "access",
  group: "moderating",
  needs: "change",
  takes: accesses.join("|"),
  firstWord: accesses,
  says: "Let everybody find and join this room, or nobody",
  async run({ connection, room }, [word]) {
    if (room === undefined) return misused(access, "You are in no room");
    const chosen = accesses.find((each) => each === word?.toLowerCase());
    if (chosen === undefined) return misused(access, "A room is public or private");
    return doneBy(await connection.request({ type: "change", room, access: chosen }));
  },
};
