import {
  defaultPort,
  parseInviteLink,
  parseServerAddress,
  type ServerAddress,
} from "../shared/identity/mod.ts";
import type { Clock } from "../shared/world/mod.ts";
import { usualServer } from "./trust/mod.ts";

/** Where to connect to, and what an invite link says beside. */
export interface Target {
  readonly address: ServerAddress;
  /** How the server is recognised. */
  readonly pin?: string;
  /** The right to register. */
  readonly secret?: string;
}

const localServer: ServerAddress = { host: "127.0.0.1", port: defaultPort };

/**
 * Reads what stands after `chat connect`. If that is nothing, the data directory tells which server is meant. Throws
 * `LinkUnreadable`, and `FileTrouble` where the known servers cannot be read.
 */
export function readTarget(text: string | undefined, data: string, clock: Clock): Target {
  if (text === undefined) return { address: usualServer(data, clock) ?? localServer };
  if (!text.includes("#")) return { address: parseServerAddress(text) };
  const { host, port, pin, secret } = parseInviteLink(text);
  return { address: { host, port }, pin, secret };
}
