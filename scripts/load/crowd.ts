import type { Dialect } from "./dialect.ts";
import { type Address, LoadConnection } from "./load_connection.ts";
import { nameOf } from "./population.ts";

/** How many come in at the same time. */
const atOnce = 32;

/** Opens a connection for each of `members`, in their order, each in the rooms that `roomsOf` tells. */
export async function gather(
  address: Address,
  dialect: Dialect,
  members: readonly number[],
  roomsOf: (member: number) => readonly string[],
): Promise<LoadConnection[]> {
  const bufferBytes = members.length > 500 ? 4 * 1024 : 64 * 1024;
  const connections: LoadConnection[] = new Array(members.length);
  const waiting = members.entries();
  async function comeIn(): Promise<void> {
    for (const [at, member] of waiting) {
      const connection = await LoadConnection.open(address, bufferBytes);
      await dialect.enter(connection, nameOf(member), roomsOf(member));
      connections[at] = connection;
    }
  }
  await Promise.all(Array.from({ length: atOnce }, comeIn));
  return connections;
}

/** The numbers from 0 up to, but not, `end`. */
export function upTo(end: number): number[] {
  return [...Array(end).keys()];
}
