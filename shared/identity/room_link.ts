import { formatHostAndPort, parseHostAndPort, type ServerAddress } from "./server_address.ts";

/** A link to a room, or to a message in it. It holds no secret: it opens only what its reader may see anyway. */
export interface RoomLink extends ServerAddress {
  readonly room: string;
  /** The message at which the room is opened. */
  readonly seq?: number | undefined;
}

/** `chat://HOST:PORT/ROOM` or `chat://HOST:PORT/ROOM/SEQ`. */
export function formatRoomLink(link: RoomLink): string {
  const place = link.seq === undefined ? link.room : `${link.room}/${link.seq}`;
  return `chat://${formatHostAndPort(link)}/${place}`;
}

/** Reads what `formatRoomLink` writes; anything else is undefined. */
export function parseRoomLink(text: string): RoomLink | undefined {
  const [, host, room, digits] =
    /^chat:\/\/([^/#]+)\/([a-z0-9._-]{1,64})(?:\/(\d{1,15}))?$/i.exec(text.trim()) ?? [];
  const address = parseHostAndPort(host);
  if (address === undefined || room === undefined || Number(digits) === 0) return undefined;
  const seq = digits === undefined ? undefined : Number(digits);
  return { ...address, room: room.toLowerCase(), ...seq === undefined ? {} : { seq } };
}
