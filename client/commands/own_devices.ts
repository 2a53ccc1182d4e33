import type { Answer } from "../../shared/protocol/mod.ts";
import type { Connection } from "../connection/mod.ts";

export type Device = Answer<"devices">["devices"][number];

/** One's own logins in the order in which they are numbered: this one first, then the one that was seen last. */
export async function ownDevices(connection: Connection): Promise<readonly Device[]> {
  const { devices } = await connection.request({ type: "devices" });
  return [...devices.filter(({ current }) => current), ...devices.filter(({ current }) => !current)];
}
