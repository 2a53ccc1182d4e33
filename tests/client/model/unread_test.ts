import assert from "node:assert/strict";
import { limits } from "../../../shared/protocol/mod.ts";
import {
  heard,
  isRead,
  newRoom,
  type RoomModel,
  spoke,
  stands,
  standsToThread,
} from "../../../client/model/mod.ts";

const me = "ana";

Deno.test("messages of others are counted as they are pushed, outside of threads, and those that mean oneself", () => {
  const room = [
    push(1),
    push(2, { mentions: ["ana"] }),
    push(3, { mentions: ["@room"] }),
    push(4, { thread: 1 }),
    push(5, { mentions: ["eve"] }),
  ]
    .reduce((now, event) => heard(now, event, me), fresh());
  assert.deepEqual([room.unread, room.mentions], [4, 2]);
  assert.equal(heard(room, push(5), me), room);
});

Deno.test("what one says oneself leaves nothing unread, also where others' words come later", () => {
  const room = heard(fresh(), push(1), me);
  const own = { ...push(3), from: me };
  const said = spoke(room, own, me);
  assert.deepEqual([said.unread, said.read], [0, 3]);
  assert.equal(heard(said, push(2), me).unread, 0);
  assert.equal(heard(said, push(4), me).unread, 1);
  assert.equal(heard(room, own, me).unread, 0);
});

Deno.test("a reply of one's own leaves the room as unread as it was", () => {
  const room = spoke(heard(fresh(), push(1), me), { ...push(3, { thread: 1 }), from: me }, me);
  assert.deepEqual([room.unread, room.read], [1, 0]);
  assert.equal(heard(room, push(2), me).unread, 2);
});

Deno.test("what the server tells holds, and the mark can go back by it", () => {
  const room = isRead(heard(heard(fresh(), push(1), me), push(2), me), 2, me);
  assert.deepEqual([room.read, room.unread], [2, 0]);
  const back = stands(room, { read: 0, unread: 2, mentions: 1 });
  assert.deepEqual([back.read, back.unread, back.mentions], [0, 2, 1]);
  assert.equal(heard(back, push(3), me).unread, 3);
});

Deno.test("counts end where the server's do", () => {
  const room = heard(stands(fresh(), { read: 0, unread: limits.unreadMax, mentions: 0 }), push(500), me);
  assert.equal(room.unread, limits.unreadMax);
});

Deno.test("replies are counted in threads that one follows, and one's own reply reads them", () => {
  const known = standsToThread(fresh(), 1, { following: true, read: 1, unread: 0 });
  const room = heard(known, push(2, { thread: 1 }), me);
  assert.equal(room.threads.get(1)?.unread, 1);
  assert.deepEqual(spoke(room, { ...push(3, { thread: 1 }), from: me }, me).threads.get(1), {
    following: true,
    read: 3,
    unread: 0,
  });
  const left = standsToThread(room, 1, { following: false, read: 2, unread: 0 });
  assert.equal(heard(left, push(4, { thread: 1 }), me).threads.get(1)?.unread, 0);
  // Whoever has left it alone is not told of it again for having replied.
  const replied = spoke(left, { ...push(4, { thread: 1 }), from: me }, me);
  assert.deepEqual(replied.threads.get(1), { following: false, read: 4, unread: 0 });
});

function fresh(): RoomModel {
  return newRoom({ name: "general", kind: "standard", read: 0 });
}

function push(seq: number, more: { readonly thread?: number; readonly mentions?: readonly string[] } = {}) {
  return { type: "message", seq, time: seq, from: "ben", text: String(seq), ...more } as const;
}
