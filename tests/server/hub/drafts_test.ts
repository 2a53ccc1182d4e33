import assert from "node:assert/strict";
import { limits } from "../../../shared/protocol/mod.ts";
import { ailingStore } from "../../kit/ailing_store.ts";
import { TestHub, type Visitor } from "../../kit/hub.ts";

async function anaTwice(
  store = ailingStore(),
): Promise<{ bench: TestHub; store: typeof store; ana: Visitor; phone: Visitor }> {
  const bench = new TestHub({}, store);
  const ana = await bench.newcomer("ana");
  return { bench, store, ana, phone: await bench.comeBack(ana.token) };
}

const general = { type: "draft", room: "general" };

function toldOf({ heard }: Visitor): unknown[] {
  return heard.filter(({ type }) => type === "draft").map(({ room, thread, text }) => [room, thread, text]);
}

async function kept(visitor: Visitor): Promise<unknown[]> {
  const { drafts } = await visitor.ask({ type: "drafts" });
  return drafts.map(({ room, thread, text }: Record<string, unknown>) => [room, thread, text]);
}

Deno.test("a draft is told to the account's other sessions, replaced by the next, and there after a restart", async () => {
  const { bench, ana, phone } = await anaTwice();
  const ben = await bench.newcomer("ben");
  for (const text of ["Dear", "Dear all"]) assert.equal((await ana.ask({ ...general, text })).type, "ok");
  assert.deepEqual(toldOf(phone), [["general", undefined, "Dear"], ["general", undefined, "Dear all"]]);
  assert.deepEqual([toldOf(ana), toldOf(ben), await kept(ben)], [[], [], []]);
  assert.deepEqual(await kept(await new TestHub({}, bench.store).comeBack(phone.token)), [
    ["general", undefined, "Dear all"],
  ]);
});

Deno.test("an empty draft takes it away, and where there is none that is fine and told to nobody", async () => {
  const { ana, phone } = await anaTwice();
  await ana.ask({ ...general, text: "Dear" });
  for (let count = 0; count < 2; count++) assert.equal((await ana.ask({ ...general, text: "" })).type, "ok");
  assert.deepEqual(toldOf(phone), [["general", undefined, "Dear"], ["general", undefined, ""]]);
  assert.deepEqual(await kept(phone), []);
});

Deno.test("a message takes away the draft of where it is sent, and no other", async () => {
  const { ana, phone } = await anaTwice();
  await ana.ask({ type: "send", room: "general", text: "a root" });
  await ana.ask({ ...general, text: "to all" });
  await ana.ask({ ...general, text: "to some", thread: 2 });
  await phone.ask({ type: "send", room: "general", text: "to some, really", thread: 2 });
  assert.deepEqual(await kept(ana), [["general", undefined, "to all"]]);
  assert.deepEqual(toldOf(ana), [["general", 2, ""]]);
  await phone.ask({ type: "send", room: "general", text: "to all, really" });
  assert.deepEqual([await kept(ana), toldOf(ana).at(-1)], [[], ["general", undefined, ""]]);
});

Deno.test("a draft for a reply belongs to the thread's first message, which must be there", async () => {
  const { ana } = await anaTwice();
  await ana.ask({ type: "send", room: "general", text: "a root" });
  await ana.ask({ type: "send", room: "general", text: "a reply", thread: 2 });
  await ana.ask({ ...general, text: "x", thread: 3 });
  assert.deepEqual(await kept(ana), [["general", 2, "x"]]);
  for (const thread of [1, 99]) {
    assert.equal((await ana.ask({ ...general, text: "x", thread })).code, "no_such_message");
  }
  await ana.ask({ type: "delete", room: "general", seq: 2 });
  assert.equal((await ana.ask({ ...general, text: "", thread: 2 })).type, "ok");
  assert.deepEqual(await kept(ana), []);
});

Deno.test("drafts are listed newest first, those of rooms that one has left are not, and come back with them", async () => {
  const { bench, ana, phone } = await anaTwice();
  await ana.ask({ type: "create", room: "ops" });
  const ben = await bench.newcomer("ben");
  await ben.ask({ type: "join", room: "ops" });
  for (const room of ["ops", "general"]) await ana.ask({ type: "draft", room, text: `in ${room}` });
  assert.deepEqual(await kept(ana), [["general", undefined, "in general"], ["ops", undefined, "in ops"]]);
  await ana.ask({ type: "leave", room: "ops" });
  assert.deepEqual(await kept(phone), [["general", undefined, "in general"]]);
  assert.equal((await ana.ask({ type: "draft", room: "ops", text: "x" })).code, "not_a_member");
  await ana.ask({ type: "join", room: "ops" });
  assert.equal((await kept(phone)).length, 2);
});

Deno.test("there are as many drafts as there may be: the oldest goes, and all sessions are told", async () => {
  const { bench, ana, phone } = await anaTwice();
  const threads: number[] = [];
  for (let count = 0; count <= limits.draftsPerAccount; count++) {
    threads.push((await ana.ask({ type: "send", room: "general", text: "a root" })).seq);
  }
  for (const thread of threads) await ana.ask({ ...general, text: "x", thread });
  assert.equal((await kept(ana)).length, limits.draftsPerAccount);
  assert.ok(!(await kept(ana)).some((each) => (each as unknown[])[1] === threads[0]));
  assert.deepEqual(toldOf(ana), [["general", threads[0], ""]]);
  assert.deepEqual(toldOf(phone).slice(-2), [["general", threads[0], ""], ["general", threads.at(-1), "x"]]);
  assert.equal((await kept(await new TestHub({}, bench.store).comeBack(phone.token))).length, 200);
});

Deno.test("long drafts come in pages that fit into a line", async () => {
  const { ana } = await anaTwice();
  const text = "😀".repeat(limits.textCodePoints);
  for (let count = 0; count < 20; count++) {
    const { seq: thread } = await ana.ask({ type: "send", room: "general", text: "a root" });
    await ana.ask({ ...general, text, thread });
  }
  const seen: number[] = [];
  for (let before: number | undefined, more = true; more;) {
    const page = await ana.ask({ type: "drafts", before });
    assert.ok(JSON.stringify(page).length <= limits.serverLineBytes);
    seen.push(...page.drafts.map(({ thread }: { thread: number }) => thread));
    ({ more } = page);
    before = page.drafts.at(-1)?.time;
  }
  assert.deepEqual([seen.length, new Set(seen).size], [20, 20]);
});

Deno.test("what could not be stored leaves drafts as they were", async () => {
  const { bench, store, ana, phone } = await anaTwice();
  await ana.ask({ ...general, text: "Dear" });
  store.fail();
  ana.say({ ...general, text: "Dear all" });
  ana.say({ type: "send", room: "general", text: "Dear all" });
  ana.say({ ...general, text: "And more" });
  await bench.settle();
  store.recover();
  assert.deepEqual(await kept(phone), [["general", undefined, "Dear"]]);
  await ana.ask({ type: "send", room: "general", text: "Dear all" });
  assert.deepEqual([await kept(phone), toldOf(phone).length], [[], 2]);
});
