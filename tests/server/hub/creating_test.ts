import assert from "node:assert/strict";
import { TestHub } from "../../kit/hub.ts";

Deno.test("a new room is standard and public unless its maker says otherwise", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana");
  await ana.ask({ type: "create", room: "Open" });
  await ana.ask({ type: "create", room: "shut", access: "private", topic: "Night shift" });
  const { rooms } = await ana.ask({ type: "rooms" });
  const usual = { kind: "standard", members: 1, member: true };
  const made = { ...usual, standing: "moderator" };
  assert.deepEqual(rooms, [
    { room: "general", access: "public", ...usual },
    { room: "open", access: "public", ...made },
    { room: "shut", access: "private", topic: "Night shift", ...made },
  ]);
});

Deno.test("a name that is taken is refused, also within one turn and for a private room", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana"), ben = await bench.newcomer("ben");
  ana.say({ type: "create", room: "ops", access: "private" });
  const id = ben.say({ type: "create", room: "OPS" });
  await bench.settle();
  assert.equal(ben.heard.find(({ re }) => re === id).code, "room_exists");
  assert.equal((await ben.ask({ type: "create", room: "general" })).code, "room_exists");
});

Deno.test("a room that is made and joined in one turn begins with its maker", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana"), ben = await bench.newcomer("ben");
  ana.say({ type: "create", room: "ops" });
  ben.say({ type: "join", room: "ops" });
  ben.say({ type: "send", room: "ops", text: "here" });
  await bench.settle();
  const { messages } = await ana.ask({ type: "history", room: "ops" });
  assert.deepEqual(messages.map(({ type, seq }: Record<string, unknown>) => [type, seq]), [
    ["joined", 1],
    ["joined", 2],
    ["message", 3],
  ]);
});
