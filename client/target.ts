import {
  defaultPort,
  parseInviteLink,
  parseServerAddress,
  type ServerAddress,
} from "../shared/identity/mod.ts";

/** Where to connect to, and what an invite link says beside. */
export interface Target {
  readonly address: ServerAddress;
  /** How the server is recognised. */
  readonly pin?: string;
  /** The right to register. */
  readonly secret?: string;
}

/** Reads what stands after `chat connect`. Throws `LinkUnreadable`. */
export function readTarget(text: string | undefined): Target {
  if (text === undefined) return { address: { host: "127.0.0.1", port: defaultPort } };
  if (!text.includes("#")) return { address: parseServerAddress(text) };
  const { host, port, pin, secret } = parseInviteLink(text);
  return { address: { host, port }, pin, secret };
}
