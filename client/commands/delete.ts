import { messageAt } from "../model/mod.ts";
import { isSure, leftAsItWas } from "./asking.ts";
import { type Command, doneBy } from "./command.ts";
import { isNamed, isOwn, messageNamed } from "./message_words.ts";

/** Of a long message, what is enough to know it by. In UTF-16 units. */
const shownMax = 40;

export const deleteCommand: Command = {
  name: "delete",
  group: "talk",
  needs: "delete",
  takes: "[N]",
  firstWord: "anything",
  says: "Delete what you said last, or message N, for good",
  asks: true,
  async run(desk, _words, rest) {
    const named = messageNamed(desk, deleteCommand, rest, isOwn);
    if (!isNamed(named)) return named;
    const { connection, asker } = desk;
    const { room, seq } = named;
    const [text = ""] = messageAt(connection.model().rooms.get(room), seq)?.text?.split("\n") ?? [];
    const about = text === "" ? "" : ` ("${text.slice(0, shownMax)}")`;
    if (asker !== undefined && !await isSure(asker, `Delete ${seq}${about} for good?`)) return leftAsItWas;
    return doneBy(await connection.request({ type: "delete", room, seq }));
  },
};
