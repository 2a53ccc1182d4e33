import assert from "node:assert/strict";
import { limits } from "../../../shared/protocol/mod.ts";
import { TestHub, type Visitor } from "../../kit/hub.ts";

/** ana and ben are in, each twice; all of them have read everything. */
async function twoByTwo(): Promise<{ bench: TestHub; ana: Visitor; ben: Visitor; phone: Visitor }> {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana"), ben = await bench.newcomer("ben");
  return { bench, ana, ben, phone: await bench.comeBack(ben.token) };
}

function lastTold({ heard }: Visitor): [unread: number, mentions: number] | undefined {
  const told = heard.findLast(({ type }) => type === "unread");
  return told && [told.unread, told.mentions];
}

/** What somebody is told who comes in now. */
async function counts(bench: TestHub, { guest }: Visitor): Promise<[unread: number, mentions: number]> {
  return countsIn(await bench.logIn(guest.account));
}

/** What somebody was told who came in. Nothing unread is not told. */
function countsIn({ welcome }: Visitor): [unread: number, mentions: number] {
  const [{ unread = 0, mentions = 0 }] = welcome.rooms;
  return [unread, mentions];
}

Deno.test("messages of others are unread, but not events of other kinds, replies in threads and one's own", async () => {
  const { bench, ana, ben } = await twoByTwo();
  await ana.ask({ type: "send", room: "general", text: "one" });
  await ana.ask({ type: "send", room: "general", text: "two" });
  await ana.ask({ type: "send", room: "general", text: "@ben", thread: 3 });
  await ana.ask({ type: "react", room: "general", seq: 3, emoji: "👍" });
  await bench.newcomer("cleo");
  assert.deepEqual(await counts(bench, ben), [2, 0]);
  assert.deepEqual(await counts(bench, ana), [0, 0]);
});

Deno.test("messages that mean somebody are counted apart: by name, as everybody, and as whoever is here", async () => {
  const { bench, ana, ben, phone } = await twoByTwo();
  const cleo = await bench.newcomer("cleo");
  cleo.leave();
  for (const text of ["@ben", "@room", "@here", "ben", "`@ben`", "ben@ben.example"]) {
    await ana.ask({ type: "send", room: "general", text });
  }
  assert.deepEqual(await counts(bench, ben), [6, 3]);
  assert.deepEqual(await counts(bench, cleo), [6, 1]);
  assert.equal(lastTold(phone), undefined, "new messages are counted by those who hear them");
});

Deno.test("whoever comes in between the saying and the telling of @here is told that it is not for them", async () => {
  const { bench, ana, ben, phone } = await twoByTwo();
  ben.leave();
  phone.leave();
  ana.say({ type: "send", room: "general", text: "@here" });
  const back = bench.coming(phone.token);
  ana.say({ type: "send", room: "general", text: "@here" });
  await bench.settle();
  assert.deepEqual(countsIn(back), [1, 0]);
  assert.deepEqual(back.heard.map(({ type }) => type), ["message", "unread"]);
  assert.deepEqual(lastTold(back), [2, 0]);
});

Deno.test("a deleted message is unread no more, and whoever had it unread is told", async () => {
  const { bench, ana, ben, phone } = await twoByTwo();
  for (const text of ["@ben one", "two"]) await ana.ask({ type: "send", room: "general", text });
  await ana.ask({ type: "delete", room: "general", seq: 3 });
  assert.deepEqual([lastTold(ben), lastTold(phone), lastTold(ana)], [[1, 0], [1, 0], undefined]);
  assert.deepEqual(await counts(bench, ben), [1, 0]);
  const types = ben.heard.map(({ type }) => type);
  assert.ok(types.indexOf("deleted") < types.indexOf("unread"), "in terms of what was told before");
});

Deno.test("an edit that means others than before moves the count of mentions, and is told to those alone", async () => {
  const { bench, ana, ben } = await twoByTwo();
  const cleo = await bench.newcomer("cleo");
  await ana.ask({ type: "send", room: "general", text: "@ben" });
  await ana.ask({ type: "edit", room: "general", seq: 4, text: "@cleo" });
  assert.deepEqual([lastTold(ben), lastTold(cleo)], [[1, 0], [1, 1]]);
  const heard = ben.heard.length;
  await ana.ask({ type: "edit", room: "general", seq: 4, text: "@cleo!" });
  assert.deepEqual(ben.heard.slice(heard).map(({ type }) => type), ["edited"]);
});

Deno.test("counts end at their bound, and are exact again below it, also where the server began anew meanwhile", async () => {
  const { bench, ana, ben } = await twoByTwo();
  for (let count = 0; count < limits.unreadMax + 20; count++) {
    ana.say({ type: "send", room: "general", text: "@ben" });
    if (count % 40 === 0) assert.deepEqual(await counts(bench, ben), [count + 1, count + 1]);
  }
  assert.deepEqual(await counts(bench, ben), [limits.unreadMax, limits.unreadMax]);
  const again = new TestHub({}, bench.store);
  const anaThere = await again.logIn(again.hub.accounts.withId(1)),
    benThere = await again.comeBack(ben.token);
  assert.deepEqual(countsIn(benThere), [limits.unreadMax, limits.unreadMax]);
  for (let seq = 10; seq < 40; seq++) await anaThere.ask({ type: "delete", room: "general", seq });
  const told = benThere.heard.filter(({ type }) => type === "unread").map(({ unread }) => unread);
  assert.deepEqual(told.slice(18, 22), [
    limits.unreadMax,
    limits.unreadMax,
    limits.unreadMax - 1,
    limits.unreadMax - 2,
  ]);
  assert.deepEqual(lastTold(benThere), [limits.unreadMax - 10, limits.unreadMax - 10]);
});

Deno.test("messages beyond the bound are counted on, so that deletions come out right", async () => {
  const { bench, ana, ben } = await twoByTwo();
  for (let count = 0; count < limits.unreadMax + 5; count++) {
    ana.say({ type: "send", room: "general", text: "hi" });
  }
  await bench.settle();
  for (let seq = 10; seq < 20; seq++) await ana.ask({ type: "delete", room: "general", seq });
  assert.deepEqual(lastTold(ben), [limits.unreadMax - 5, 0]);
});

Deno.test("whoever is away is told nothing, and finds it counted when they come back", async () => {
  const { bench, ana, ben, phone } = await twoByTwo();
  phone.leave();
  ben.leave();
  for (const text of ["@ben", "@ben", "three"]) await ana.ask({ type: "send", room: "general", text });
  await ana.ask({ type: "delete", room: "general", seq: 3 });
  const back = await bench.comeBack(ben.token);
  assert.deepEqual(countsIn(back), [2, 1]);
});

Deno.test("whoever joins a room again has read what was said while they were not in it", async () => {
  const { bench, ana, ben } = await twoByTwo();
  await ben.ask({ type: "leave", room: "general" });
  await ana.ask({ type: "send", room: "general", text: "@ben" });
  await ben.ask({ type: "join", room: "general" });
  await ana.ask({ type: "send", room: "general", text: "hi" });
  assert.deepEqual(await counts(bench, ben), [1, 0]);
});

Deno.test("what is on disk and not told yet is not counted for whoever comes in", async () => {
  const { bench, ana, ben } = await twoByTwo();
  await ana.ask({ type: "create", room: "ops" });
  await ben.ask({ type: "join", room: "ops" });
  for (const room of ["general", "ops"]) await ana.ask({ type: "send", room, text: "before" });
  const again = new TestHub({}, bench.store);
  const here = await again.logIn(again.hub.accounts.withId(1));
  const back = again.coming(ben.token);
  for (const room of ["general", "ops"]) here.say({ type: "send", room, text: "after" });
  await again.settle();
  assert.deepEqual(back.welcome.rooms.map(({ unread }: { unread: number }) => unread), [1, 1]);
  assert.equal(back.heard.filter(({ type }) => type === "message").length, 2);
});

Deno.test("where the store must count for many, it does so for a few at a time, and all are told in the end", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana");
  const others: Visitor[] = [];
  for (let index = 0; index < 50; index++) others.push(await bench.newcomer(`user-${index}`));
  const first = bench.hub.rooms.named("general")?.seq ?? 0;
  for (let count = 0; count < limits.unreadMax; count++) {
    ana.say({ type: "send", room: "general", text: "hi" });
  }
  await bench.settle();
  const again = new TestHub({}, bench.store);
  const anaThere = await again.logIn(again.hub.accounts.withId(1));
  const there: Visitor[] = [];
  for (const { token } of others) there.push(await again.comeBack(token));
  await anaThere.ask({ type: "delete", room: "general", seq: first + 1 });
  const told = () => there.filter((visitor) => lastTold(visitor) !== undefined);
  assert.equal(told().length, 20);
  await again.clock.pass(1_000);
  assert.equal(told().length, 50);
  for (const visitor of there) assert.deepEqual(lastTold(visitor), [limits.unreadMax - 1, 0]);
});
