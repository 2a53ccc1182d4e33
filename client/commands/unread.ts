import type { Command } from "./command.ts";
import { isNamed, messageNamed } from "./message_words.ts";

export const unread: Command = {
  name: "unread",
  group: "find",
  needs: "unread",
  takes: "[N]",
  firstWord: "anything",
  says: "List unread rooms, or mark N and on as unread",
  async run(desk, _words, rest) {
    const { connection } = desk;
    if (rest === "") {
      const rooms = [...connection.model().rooms.values()].filter((room) => room.unread > 0);
      return { kind: "unread", rooms };
    }
    const named = messageNamed(desk, unread, rest);
    if (!isNamed(named)) return named;
    const { room, seq } = named;
    await connection.request({ type: "unread", room, seq });
    return { kind: "kept_unread", room };
  },
};
