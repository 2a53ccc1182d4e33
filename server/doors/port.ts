/** What taking a port takes, whatever listens on it. */
import type { World } from "../../shared/world/mod.ts";

/** How often a port that is just being given up is tried again, in milliseconds. */
const retryMs = 10;

/** Tries that may fail before it is worth a word in the log. */
const triesQuiet = 10;

/** Listens at `host`; without one everywhere: IPv6 and IPv4 by one socket, or on a machine without IPv6 IPv4 alone. */
export function listenAt<Listener>(
  host: string | undefined,
  listen: (hostname: string) => Listener,
): Listener {
  if (host !== undefined) return listen(host);
  try {
    return listen("::");
  } catch (error) {
    if (error instanceof Deno.errors.AddrInUse) throw error;
    return listen("0.0.0.0");
  }
}

/** How a port is taken again that was given up a moment ago. */
export interface Regaining {
  readonly world: World;
  /** What the log calls the port. */
  readonly name: "port" | "web_port";
  /** Whether nobody wants it any more. */
  isOver(): boolean;
  /** Throws while it cannot be taken. */
  take(): void;
}

/** Resolves when the port is taken. Whatever is the matter may pass: without a door nobody would ever come in again. */
export async function regainPort({ world, name, isOver, take }: Regaining): Promise<void> {
  for (let tries = 1;; tries++) {
    // Who listened before holds the port for a moment longer.
    await world.clock.sleep(retryMs);
    if (isOver()) return;
    try {
      take();
    } catch (error) {
      if (tries === triesQuiet) world.log.error(`${name}_lost`, { reason: String(error) });
      continue;
    }
    if (tries >= triesQuiet) world.log.info(`${name}_regained`);
    return;
  }
}
