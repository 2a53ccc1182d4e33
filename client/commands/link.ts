import { formatRoomLink } from "../../shared/identity/mod.ts";
import { type Command, misused } from "./command.ts";
import { isNamed, messageNamed } from "./message_words.ts";

export const link: Command = {
  name: "link",
  group: "talk",
  needs: "history",
  takes: "[N]",
  firstWord: "anything",
  says: "Make a link to this room, or to message N in it",
  run(desk, _words, rest) {
    const { connection, room } = desk;
    if (room === undefined) return misused(link, "You are in no room");
    if (rest === "") return { kind: "link", link: formatRoomLink({ ...connection.address, room }) };
    const named = messageNamed(desk, link, rest);
    if (!isNamed(named)) return named;
    return { kind: "link", link: formatRoomLink({ ...connection.address, room, seq: named.seq }) };
  },
};
