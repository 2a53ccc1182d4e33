import { join } from "node:path";
import { FileTrouble, readFileIfThere } from "../../shared/files/mod.ts";
import { formatHostAndPort, parseServerAddress, type ServerAddress } from "../../shared/identity/mod.ts";
import { Trouble } from "../../shared/trouble/mod.ts";
import type { Clock } from "../../shared/world/mod.ts";
import { KnownServers } from "./known_servers.ts";
import { isThisMachine } from "./this_machine.ts";

/**
 * The server that is meant by whoever names none: the one that runs on this machine with the same data directory, or
 * else the known one that was used last. Undefined if there is neither. Throws `FileTrouble`.
 */
export function usualServer(data: string, clock: Clock): ServerAddress | undefined {
  return localServer(data) ?? new KnownServers(data, clock).lastUsed();
}

/** Where the server itself has written down that it listens. Where another user runs it, its files are none of ours. */
function localServer(data: string): ServerAddress | undefined {
  try {
    const text = readFileIfThere(join(data, "server", "address"));
    return text === undefined ? undefined : addressIn(JSON.parse(text));
  } catch (cause) {
    if (cause instanceof FileTrouble || cause instanceof SyntaxError || cause instanceof Trouble) {
      return undefined;
    }
    throw cause;
  }
}

/** The address that it tells to others may be that of a network which this machine has left meanwhile. */
function addressIn(value: unknown): ServerAddress | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (!("host" in value && typeof value.host === "string")) return undefined;
  if (!("port" in value && typeof value.port === "number")) return undefined;
  const host = isThisMachine(value.host) ? value.host : "127.0.0.1";
  return parseServerAddress(formatHostAndPort({ host, port: value.port }));
}
