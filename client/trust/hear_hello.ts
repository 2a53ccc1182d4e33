import type { ServerAddress } from "../../shared/identity/mod.ts";
import type { Signal } from "../../shared/protocol/mod.ts";
import type { World } from "../../shared/world/mod.ts";
import type { Line } from "../line/mod.ts";
import { notChat, otherVersion, silent } from "./no_connection.ts";

/** Time for a server to be reached, and to say what it is. */
const helloMsMax = 10_000;

const protocolVersion = 1;

/** Waits for the first frame of a server. Throws `NoConnection` if it is none of chat, or of another version. */
export async function hearHello(
  world: World,
  line: Line,
  address: ServerAddress,
): Promise<Signal<"auth_required">> {
  const cancel = world.clock.after(helloMsMax, () => line.drop(silent(address)));
  try {
    const frame = await line.read();
    if (frame.type !== "auth_required") throw notChat(address);
    if (frame.protocol !== protocolVersion) throw otherVersion(address, frame.protocol > protocolVersion);
    return frame;
  } finally {
    cancel();
  }
}
