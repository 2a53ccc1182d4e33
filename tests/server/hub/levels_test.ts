import assert from "node:assert/strict";
import { ailingStore } from "../../kit/ailing_store.ts";
import { TestHub, type Visitor } from "../../kit/hub.ts";

async function anaTwice(
  store = ailingStore(),
): Promise<{ bench: TestHub; store: typeof store; ana: Visitor; phone: Visitor }> {
  const bench = new TestHub({}, store);
  const ana = await bench.newcomer("ana");
  return { bench, store, ana, phone: await bench.comeBack(ana.token) };
}

Deno.test("a level is kept, told to the account's other sessions once, and there after a restart", async () => {
  const { bench, ana, phone } = await anaTwice();
  assert.equal(phone.welcome.rooms[0].level, undefined, "the usual one is not told");
  const request = { type: "level", room: "general", level: "mentions" };
  assert.equal((await ana.ask(request)).type, "ok");
  assert.equal((await ana.ask(request)).type, "ok");
  const told = (visitor: Visitor) => visitor.heard.filter(({ type }) => type === "level");
  assert.deepEqual([told(ana), told(phone)], [[], [request]]);
  const again = await new TestHub({}, bench.store).comeBack(phone.token);
  assert.equal(again.welcome.rooms[0].level, "mentions");
});

Deno.test("a level that could not be stored is what it was", async () => {
  const { bench, store, ana, phone } = await anaTwice();
  store.fail();
  assert.equal((await ana.ask({ type: "level", room: "general", level: "nothing" })).code, "unavailable");
  store.recover();
  assert.equal((await bench.comeBack(phone.token)).welcome.rooms[0].level, undefined);
});

Deno.test("nobody chooses a level for a room that they are not in", async () => {
  const { ana } = await anaTwice();
  assert.equal((await ana.ask({ type: "level", room: "ops", level: "all" })).code, "not_a_member");
});
