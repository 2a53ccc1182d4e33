import assert from "node:assert/strict";
import { depart } from "../../../server/hub/mod.ts";
import { TestHub } from "../../kit/hub.ts";

Deno.test("whoever leaves gets ok, the others are told, and nothing of the room comes any more", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana"), ben = await bench.newcomer("ben");
  const ok = await ben.ask({ type: "leave", room: "general" });
  assert.deepEqual([ok.type, ok.room, ok.seq], ["ok", "general", 3]);
  assert.deepEqual(ana.heard.at(-1), {
    type: "left",
    room: "general",
    username: "ben",
    seq: 3,
    time: ok.time,
  });
  const heard = ben.heard.length;
  await ana.ask({ type: "send", room: "general", text: "gone?" });
  assert.equal(ben.heard.length, heard);
  assert.equal((await ben.ask({ type: "send", room: "general", text: "x" })).code, "not_a_member");
});

Deno.test("whoever leaves a room and vanishes in the same turn is not kept as its audience", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana");
  await ana.ask({ type: "create", room: "ops" });
  ana.say({ type: "leave", room: "ops" });
  depart(bench.hub, ana.guest);
  await bench.settle();
  assert.equal(bench.hub.rooms.named("ops")?.attached.size, 0);
});
