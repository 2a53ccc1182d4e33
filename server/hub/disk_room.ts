/** What files may take of the disk: the last of it is for messages. */
import { Refusal } from "../../shared/protocol/mod.ts";
import { blockBytes } from "../files/mod.ts";
import type { Hub } from "./hub.ts";

/** How often it is looked whether the disk has room, while something is written. */
export const roomEveryBytes: number = 64 * blockBytes;

/** Throws `too_large` where `bytes` more would take what is for messages. */
export async function refuseFullDisk({ contents }: Hub, bytes: number): Promise<void> {
  if (!await contents.hasRoomFor(bytes)) throw noRoom();
}

export function noRoom(): Refusal {
  return new Refusal(
    "too_large",
    "The server's disk has no room for the file. What was uploaded of it stays: try again later, or ask whoever runs the server",
  );
}
