import { isSure, leftAsItWas } from "./asking.ts";
import { type Command, doneBy, misused } from "./command.ts";
import { withProof } from "./proof.ts";
import { noRoomName, roomWord } from "./room_word.ts";

export const hold: Command = {
  name: "hold",
  group: "server",
  needs: "hold",
  takes: "on|off [ROOM]",
  firstWord: ["on", "off"],
  secondWord: "room",
  says: "Put this room, or ROOM, under legal hold, or end that",
  asks: true,
  async run(desk, [word, named]) {
    const held = { on: true, off: false }[word?.toLowerCase() ?? ""];
    if (held === undefined) return misused(hold, "It is on or off");
    const room = named === undefined ? desk.room : roomWord(named);
    if (room === undefined) return misused(hold, named === undefined ? "You are in no room" : noRoomName);
    const { asker, connection } = desk;
    if (!held && asker !== undefined && !await isSure(asker, warning(room))) return leftAsItWas;
    return await withProof(desk, "hold", async () => {
      const answer = await connection.request({ type: "hold", room, held });
      return connection.model().rooms.has(room)
        ? doneBy(answer)
        : { kind: "told", text: elsewhere(room, held) };
    });
  },
};

function warning(room: string): string {
  return `What is over in ${room} by now is gone for good then. Go on?`;
}

function elsewhere(room: string, held: boolean): string {
  return held ? `#${room} is under legal hold: nothing in it goes.` : `#${room} is under legal hold no more.`;
}
