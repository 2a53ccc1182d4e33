import assert from "node:assert/strict";
import { ailingStore } from "../../kit/ailing_store.ts";
import { TestHub, type Visitor } from "../../kit/hub.ts";

/** ana has said three messages, the events 3 to 5; ben has read none. */
async function threeSaid(
  store = ailingStore(),
): Promise<{ bench: TestHub; store: typeof store; ana: Visitor; ben: Visitor; phone: Visitor }> {
  const bench = new TestHub({}, store);
  const ana = await bench.newcomer("ana"), ben = await bench.newcomer("ben");
  for (let count = 0; count < 3; count++) ana.say({ type: "send", room: "general", text: "x" });
  await bench.settle();
  return { bench, store, ana, ben, phone: await bench.comeBack(ben.token) };
}

function toldOf({ heard }: Visitor): unknown[] {
  return heard.filter(({ type }) => type === "unread");
}

Deno.test("a mark goes forward, never back, never beyond what there is, and is there after a restart", async () => {
  const { bench, ben } = await threeSaid();
  const mark = async (seq: number) => (await ben.ask({ type: "read", room: "general", seq })).seq;
  assert.deepEqual([await mark(4), await mark(3), await mark(0), await mark(99)], [4, 4, 4, 5]);
  const again = new TestHub({}, bench.store);
  assert.equal((await again.comeBack(ben.token)).welcome.rooms[0].read, 5);
});

Deno.test("a mark is told to every session of the account, after the answer, and to nobody else", async () => {
  const { ana, ben, phone } = await threeSaid();
  const { re } = await ben.ask({ type: "read", room: "general", seq: 4 });
  await ben.ask({ type: "read", room: "general", seq: 4 });
  const told = { type: "unread", room: "general", read: 4, unread: 1, mentions: 0 };
  assert.deepEqual([toldOf(ben), toldOf(phone), toldOf(ana)], [[told], [told], []]);
  assert.ok(
    ben.heard.findIndex((frame) => frame.re === re) < ben.heard.findIndex(({ type }) => type === "unread"),
  );
});

Deno.test("a room is marked as unread from an event on, never forward, and so after a restart", async () => {
  const { bench, ben, phone } = await threeSaid();
  await ben.ask({ type: "read", room: "general", seq: 5 });
  const mark = async (seq: number) => (await phone.ask({ type: "unread", room: "general", seq })).seq;
  assert.deepEqual([await mark(99), await mark(4), await mark(5)], [5, 3, 3]);
  assert.deepEqual(toldOf(ben).at(-1), { type: "unread", room: "general", read: 3, unread: 2, mentions: 0 });
  const [general] = (await new TestHub({}, bench.store).comeBack(ben.token)).welcome.rooms;
  assert.deepEqual([general.read, general.unread], [3, 2]);
});

Deno.test("whoever says something has read up to it, also after a restart; a reply in a thread reads nothing", async () => {
  const { bench, ben, phone } = await threeSaid();
  await ben.ask({ type: "send", room: "general", text: "in the thread", thread: 3 });
  const laptop = await bench.comeBack(phone.token);
  assert.equal(laptop.welcome.rooms[0].read, 2);
  await ben.ask({ type: "send", room: "general", text: "to all" });
  const again = await new TestHub({}, bench.store).comeBack(laptop.token);
  assert.deepEqual([again.welcome.rooms[0].read, again.welcome.rooms[0].unread], [7, undefined]);
});

Deno.test("a mark that could not be stored is where it was, and the one who moved it is told so", async () => {
  const { bench, store, ben, phone } = await threeSaid();
  store.fail();
  const ids = [
    ben.say({ type: "read", room: "general", seq: 4 }),
    ben.say({ type: "send", room: "general", text: "x" }),
    ben.say({ type: "unread", room: "general", seq: 2 }),
  ];
  await bench.settle();
  store.recover();
  const codes = ids.map((id) => ben.heard.find(({ re }) => re === id)?.code);
  assert.deepEqual(codes, ["unavailable", "unavailable", "unavailable"]);
  assert.deepEqual([toldOf(ben), toldOf(phone)], [[], []]);
  const [general] = (await bench.comeBack(ben.token)).welcome.rooms;
  assert.deepEqual([general.read, general.unread], [2, 3]);
});

Deno.test("nobody marks a room that they are not in", async () => {
  const { ana, ben } = await threeSaid();
  await ana.ask({ type: "create", room: "ops" });
  for (const type of ["read", "unread"]) {
    assert.equal((await ben.ask({ type, room: "ops", seq: 1 })).code, "not_a_member");
  }
});
