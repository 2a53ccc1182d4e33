import type { RoomModel } from "../model/mod.ts";
import { isSure, leftAsItWas } from "./asking.ts";
import { type Command, doneBy, misused } from "./command.ts";
import { durationText } from "./duration_word.ts";
import { noRetention, retentionWord } from "./retention_word.ts";

export const keep: Command = {
  name: "keep",
  group: "moderating",
  needs: "change",
  takes: "[TIME|forever]",
  firstWord: ["forever"],
  says: "Show or set how long messages are kept here, like 30d",
  asks: true,
  async run({ connection, room: name, asker }, [word]) {
    const room = name === undefined ? undefined : connection.model().rooms.get(name);
    if (room === undefined) return misused(keep, "You are in no room");
    if (word === undefined) return { kind: "told", text: `${keepingText(room)}.` };
    const retentionMs = retentionWord(word);
    if (retentionMs === undefined) return misused(keep, noRetention);
    const when = room.held ? " when the legal hold ends" : "";
    const warning = `What is older than ${durationText(retentionMs)} is gone for good${when}. Go on?`;
    if (retentionMs > 0 && asker !== undefined && !await isSure(asker, warning)) return leftAsItWas;
    return doneBy(await connection.request({ type: "change", room: room.name, retentionMs }));
  },
};

/** How long messages are kept in a room, in words. */
export function keepingText({ retentionMs, held }: Pick<RoomModel, "retentionMs" | "held">): string {
  const kept = retentionMs === undefined
    ? "Messages are kept here for as long as the server keeps them"
    : `Messages are kept here for ${durationText(retentionMs)}`;
  return held ? `${kept}, but now it is under legal hold: nothing in it goes` : kept;
}
