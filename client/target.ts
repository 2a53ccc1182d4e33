import {
  defaultPort,
  parseInviteLink,
  parseResetLink,
  parseRoomLink,
  parseServerAddress,
  type ServerAddress,
} from "../shared/identity/mod.ts";
import type { Clock } from "../shared/world/mod.ts";
import { usualServer } from "./trust/mod.ts";

/** Where to connect to, and what a link says beside. */
export interface Target {
  readonly address: ServerAddress;
  /** How the server is recognised. */
  readonly pin?: string;
  /** The secret of an invite link, which is the right to register. */
  readonly invite?: string;
  /** The room that a link opens. */
  readonly room?: string;
  /** The message in that room at which the link opens it. */
  readonly at?: number;
  /** The secret of a reset link, which is the right to set a new password. */
  readonly reset?: string;
}

const localServer: ServerAddress = { host: "127.0.0.1", port: defaultPort };

/**
 * Reads what stands after `chat connect`. If that is nothing, the data directory tells which server is meant. Throws
 * `LinkUnreadable`, and `FileTrouble` where the known servers cannot be read.
 */
export function readTarget(text: string | undefined, data: string, clock: Clock): Target {
  if (text === undefined) return { address: usualServer(data, clock) ?? localServer };
  if (!text.includes("#")) return plainTarget(text);
  const isReset = /\/reset\b/i.test(text);
  const { host, port, pin, secret } = isReset ? parseResetLink(text) : parseInviteLink(text);
  return { address: { host, port }, pin, ...isReset ? { reset: secret } : { invite: secret } };
}

/** The address of a server, or a link to a room of one. */
function plainTarget(text: string): Target {
  const link = parseRoomLink(text);
  if (link === undefined) return { address: parseServerAddress(text) };
  const { host, port, room, seq } = link;
  return { address: { host, port }, room, ...seq === undefined ? {} : { at: seq } };
}
