import assert from "node:assert/strict";
import { TestHub } from "../../kit/hub.ts";

Deno.test("a mark goes forward, never back, never beyond what there is, and is there after a restart", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana");
  for (let count = 0; count < 3; count++) ana.say({ type: "send", room: "general", text: "x" });
  await bench.settle();
  const mark = async (seq: number) => (await ana.ask({ type: "read", room: "general", seq })).seq;
  assert.deepEqual([await mark(3), await mark(2), await mark(0), await mark(99)], [3, 3, 3, 4]);
  const again = new TestHub({}, bench.store);
  assert.equal((await again.comeBack(ana.token)).welcome.rooms[0].read, 4);
});

Deno.test("other sessions of the same account are told, and nobody else", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana"), ben = await bench.newcomer("ben");
  const phone = await bench.comeBack(ana.token);
  await ana.ask({ type: "read", room: "general", seq: 2 });
  await ana.ask({ type: "read", room: "general", seq: 2 });
  assert.deepEqual(phone.heard.filter(({ type }) => type === "read"), [{
    type: "read",
    room: "general",
    seq: 2,
  }]);
  assert.ok(![...ana.heard, ...ben.heard].some(({ type }) => type === "read"));
});
