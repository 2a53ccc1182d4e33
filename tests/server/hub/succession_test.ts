import assert from "node:assert/strict";
import { ailingStore } from "../../kit/ailing_store.ts";
import { TestHub, type Visitor } from "../../kit/hub.ts";

/** A room that ana has made, into which the others have come in this order. */
async function setUp(names: readonly string[], store = ailingStore()) {
  const bench = new TestHub({}, store);
  const owner = await bench.newcomer("owner");
  const people: Record<string, Visitor> = {};
  for (const name of ["ana", ...names]) people[name] = await bench.newcomer(name);
  await people.ana?.ask({ type: "create", room: "ops" });
  for (const name of names) await people[name]?.ask({ type: "join", room: "ops" });
  const named = (name: string): Visitor => people[name] ?? owner;
  return { bench, store, owner, named };
}

function moderators(bench: TestHub): string[] {
  const { accounts } = bench.hub;
  return accounts.all().filter(({ memberships }) => memberships.get("ops")?.standing === "moderator")
    .map(({ name }) => name);
}

Deno.test("when the last moderator leaves, the longest member follows, and all are told in this order", async () => {
  const { bench, named } = await setUp(["zoe", "ben"]);
  const ok = await named("ana").ask({ type: "leave", room: "ops" });
  assert.equal(ok.seq, 5);
  assert.deepEqual(named("ben").heard.slice(-2), [
    {
      type: "standing",
      room: "ops",
      seq: 4,
      time: ok.time,
      username: "zoe",
      by: "ana",
      standing: "moderator",
    },
    { type: "left", room: "ops", seq: 5, time: ok.time, username: "ana" },
  ]);
  // The one who went has heard it too: no place of the room's log is missing to them.
  assert.deepEqual(named("ana").heard.slice(-2).map(({ type, seq }) => [type, seq]), [["standing", 4], [
    "ok",
    5,
  ]]);
  assert.deepEqual(moderators(bench), ["zoe"]);
  assert.deepEqual(moderators(new TestHub({}, bench.store)), ["zoe"]);
});

Deno.test("nobody follows where another moderator remains, or nobody is left", async () => {
  const { bench, named } = await setUp(["ben", "cleo"]);
  await named("ana").ask({ type: "standing", room: "ops", username: "cleo", standing: "moderator" });
  await named("ana").ask({ type: "leave", room: "ops" });
  assert.deepEqual(moderators(bench), ["cleo"]);
  await named("ben").ask({ type: "leave", room: "ops" });
  await named("cleo").ask({ type: "leave", room: "ops" });
  assert.deepEqual(moderators(bench), []);
});

Deno.test("whoever came back begins anew, and guests and muted ones follow only where nobody else can", async () => {
  const { bench, named } = await setUp(["muted", "gil", "ben", "cleo"]);
  bench.hub.accounts.withId(4).role = "guest";
  await named("ana").ask({ type: "standing", room: "ops", username: "muted", standing: "muted" });
  await named("ben").ask({ type: "leave", room: "ops" });
  await named("ben").ask({ type: "join", room: "ops" });
  for (
    const [leaver, follower] of [["ana", "cleo"], ["cleo", "ben"], ["ben", "gil"], ["gil", "muted"]] as const
  ) {
    await named(leaver).ask({ type: "leave", room: "ops" });
    assert.deepEqual(moderators(bench), [follower]);
  }
});

Deno.test("the first room is the staff's: nobody follows there", async () => {
  const { bench, owner } = await setUp(["ben"]);
  await owner.ask({ type: "standing", room: "general", username: "ben", standing: "moderator" });
  await owner.ask({ type: "standing", room: "general", username: "ben", standing: "member" });
  await owner.ask({ type: "leave", room: "general" });
  assert.ok(
    bench.hub.accounts.all().every(({ memberships }) => memberships.get("general")?.standing !== "moderator"),
  );
});

Deno.test("a moderator whose account is deactivated is followed, and is one still on coming back", async () => {
  const { bench, owner } = await setUp(["ben"]);
  await owner.ask({ type: "deactivate", username: "ana", deactivated: true });
  assert.deepEqual(moderators(bench), ["ana", "ben"]);
});

Deno.test("where it could not be stored, nobody has gone and nobody has followed", async () => {
  const { bench, store, named } = await setUp(["ben"]);
  store.fail();
  assert.equal((await named("ana").ask({ type: "leave", room: "ops" })).code, "unavailable");
  store.recover();
  assert.deepEqual(moderators(bench), ["ana"]);
  assert.equal((await named("ben").ask({ type: "send", room: "ops", text: "x" })).seq, 3);
});

Deno.test("whoever comes into a room that everybody has left sees to it from then on", async () => {
  const { bench, named } = await setUp(["ben"]);
  for (const name of ["ana", "ben"]) await named(name).ask({ type: "leave", room: "ops" });
  const ok = await named("ana").ask({ type: "join", room: "ops" });
  assert.deepEqual([ok.type, ok.seq], ["ok", 6]);
  assert.deepEqual(named("ana").heard.at(-1), {
    type: "standing",
    room: "ops",
    seq: 7,
    time: ok.time,
    username: "ana",
    by: "ana",
    standing: "moderator",
  });
  assert.deepEqual(moderators(bench), ["ana"]);
});
