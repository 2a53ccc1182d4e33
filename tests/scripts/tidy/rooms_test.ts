import assert from "node:assert/strict";
import { arrows, roomOf } from "../../../scripts/tidy/rooms.ts";

Deno.test("the table of arrows has no ring and names only rooms that have a row", () => {
  for (const room of Object.keys(arrows)) {
    assert.ok(!reachable(room).has(room), `${room} can come back to itself`);
  }
});

Deno.test("the vault can be reached neither from the server nor from what is shared", () => {
  const rooms = Object.keys(arrows).filter((room) => /^(?:server|shared|certs)\b/.test(room));
  assert.ok(rooms.length > 8);
  for (const room of rooms) assert.ok(!reachable(room).has("client/vault"), room);
});

Deno.test("a folder below a room belongs to it, unless it has a door or the room holds other rooms", () => {
  assert.equal(roomOf("server/store/migrations/first.ts"), "server/store");
  assert.equal(roomOf("server/mod.ts"), "server");
  assert.equal(roomOf("server/store/migrations/mod.ts"), undefined);
  assert.equal(roomOf("server/migrations/first.ts"), undefined);
});

function reachable(start: string, seen: Set<string> = new Set()): ReadonlySet<string> {
  const next = arrows[start];
  assert.ok(next, `${start} has no row`);
  for (const room of next.filter((each) => !seen.has(each))) reachable(room, seen.add(room));
  return seen;
}
