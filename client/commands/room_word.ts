import { Refusal, roomName } from "../../shared/protocol/mod.ts";

/** A room as a person writes it, with `#` or without, as the server knows it. Undefined for what is no room's name. */
export function roomWord(word: string): string | undefined {
  try {
    return roomName.read(word.replace(/^#/, ""), "room");
  } catch (refusal) {
    if (refusal instanceof Refusal) return undefined;
    throw refusal;
  }
}

/** Why a word cannot be a room's name. The word itself is not repeated. */
export const noRoomName =
  "That is no room name: it has 1 to 64 characters of a-z, 0-9, dot, underscore and hyphen";
