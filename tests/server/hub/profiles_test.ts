import assert from "node:assert/strict";
import { ailingStore } from "../../kit/ailing_store.ts";
import { TestHub, type Visitor } from "../../kit/hub.ts";

async function setUp(store = ailingStore()) {
  const bench = new TestHub({}, store);
  const ana = await bench.newcomer("ana"), ben = await bench.newcomer("ben");
  return { bench, store, ana, ben };
}

function news(visitor: Visitor): unknown[] {
  return visitor.sink.frames.filter(({ type, re }) => type === "profile" && re === undefined);
}

async function gather(bench: TestHub): Promise<void> {
  bench.clock.advance(250);
  await bench.settle();
}

const full = { displayName: "Ben Miller", statusText: "At sea ⛵", timeZone: "Europe/Lisbon" };

Deno.test("what somebody tells of themselves is told to those who share a room, once for many changes", async () => {
  const { bench, ana, ben } = await setUp();
  const cleo = await bench.newcomer("cleo");
  await cleo.ask({ type: "leave", room: "general" });
  const phone = await bench.logIn(ben.guest.account);
  const answer = await ben.ask({ type: "set_profile", ...full });
  const about = { username: "ben", ...full, role: "member" };
  assert.deepEqual(answer, { type: "profile", re: answer.re, ...about });
  assert.deepEqual(news(phone), [{ type: "profile", ...about }]);
  await ben.ask({ type: "set_profile", statusText: "Back" });
  await gather(bench);
  assert.deepEqual(news(ana), [{ type: "profile", ...about, statusText: "Back" }]);
  assert.deepEqual([news(ben), news(cleo)], [[], []]);
});

Deno.test("a field that is not given stays, an empty one goes, and a restart forgets nothing", async () => {
  const { bench, ana, ben } = await setUp();
  await ben.ask({ type: "set_profile", ...full });
  await ben.ask({ type: "set_profile", displayName: "" });
  const asked = await ana.ask({ type: "profile", username: "BEN" });
  const left = { username: "ben", statusText: full.statusText, timeZone: full.timeZone, role: "member" };
  assert.deepEqual(asked, { type: "profile", re: asked.re, ...left });
  const later = new TestHub({}, bench.store);
  const back = await later.comeBack(ana.token);
  assert.equal((await back.ask({ type: "profile", username: "ben" })).timeZone, full.timeZone);
});

Deno.test("who shows the name that somebody has chosen, beside the one that is theirs", async () => {
  const { ana, ben } = await setUp();
  await ben.ask({ type: "set_profile", displayName: "Ben Miller" });
  const { users } = await ana.ask({ type: "who", room: "general" });
  assert.deepEqual(users[1], { username: "ben", status: "online", displayName: "Ben Miller" });
});

Deno.test("a time zone is one of the IANA database", async () => {
  const { ben } = await setUp();
  const code = async (timeZone: string) => {
    const { code, type } = await ben.ask({ type: "set_profile", timeZone });
    return code ?? type;
  };
  for (const zone of ["UTC", "America/Argentina/Buenos_Aires", "Asia/Kolkata"]) {
    assert.equal(await code(zone), "profile");
  }
  for (const zone of ["+02:00", "Atlantis/Capital", "Europe/", "local"]) {
    assert.equal(await code(zone), "text_invalid");
  }
});

Deno.test("guests see the profiles of those with whom they share a room, and their own", async () => {
  const { bench, ana } = await setUp();
  const guest = await bench.newcomerAs("guest", "gil");
  assert.equal((await guest.ask({ type: "profile", username: "ana" })).role, "owner");
  await guest.ask({ type: "leave", room: "general" });
  const hidden = await guest.ask({ type: "profile", username: "ana" });
  const absent = await guest.ask({ type: "profile", username: "nobody" });
  assert.equal(hidden.code, "no_such_user");
  assert.equal(hidden.message.replace("ana", "nobody"), absent.message);
  assert.equal((await guest.ask({ type: "profile", username: "gil" })).username, "gil");
  assert.equal((await ana.ask({ type: "profile", username: "gil" })).role, "guest");
});

Deno.test("another role and the end of an account are told as news of the profile", async () => {
  const { bench, ana, ben } = await setUp();
  const cleo = await bench.newcomer("cleo");
  await ana.ask({ type: "role", username: "cleo", role: "guest" });
  await gather(bench);
  assert.deepEqual(news(ben), [{ type: "profile", username: "cleo", role: "guest" }]);
  await ana.ask({ type: "deactivate", username: "cleo", deactivated: true });
  await gather(bench);
  assert.deepEqual(news(ben).at(-1), { type: "profile", username: "cleo", role: "guest", deactivated: true });
  assert.equal(cleo.sink.end, "closed");
});

Deno.test("a profile that could not be stored is as before, and nobody is told", async () => {
  const { bench, store, ana, ben } = await setUp();
  await ben.ask({ type: "set_profile", statusText: "here" });
  await gather(bench);
  store.fail();
  assert.equal((await ben.ask({ type: "set_profile", ...full })).code, "unavailable");
  store.recover();
  await gather(bench);
  assert.equal(news(ana).length, 1);
  assert.equal((await ana.ask({ type: "profile", username: "ben" })).statusText, "here");
});
