import assert from "node:assert/strict";
import { limits } from "../../../shared/protocol/mod.ts";
import { ailingStore } from "../../kit/ailing_store.ts";
import { TestHub, type Visitor } from "../../kit/hub.ts";

Deno.test("two people have one conversation, whoever opens it, and know at once whom it is with", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana"), ben = await bench.newcomer("ben");
  const phone = await bench.logIn(ben.guest.account);
  const opened = await ana.ask({ type: "direct", usernames: ["ben"] });
  assert.deepEqual([opened.type, opened.room, opened.seq], ["ok", "dm.1.2", 1]);
  const joined = {
    type: "joined",
    room: "dm.1.2",
    seq: 2,
    username: "ben",
    by: "ana",
    people: ["ana", "ben"],
  };
  for (const session of [ana, ben, phone]) {
    const last = session.heard.at(-1);
    assert.deepEqual(last, { ...joined, time: last.time });
  }
  const again = await ben.ask({ type: "direct", usernames: ["ANA", "ben", "ana"] });
  assert.deepEqual(again, { type: "ok", re: again.re, room: "dm.1.2", seq: 2 });
  await ben.ask({ type: "send", room: "dm.1.2", text: "hi" });
  assert.deepEqual([ana.heard.at(-1).text, phone.heard.at(-1).text], ["hi", "hi"]);
});

Deno.test("a conversation is there at the next login and after a restart, with its people", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana");
  await bench.newcomer("ben");
  const cleo = await bench.newcomer("cleo");
  await ana.ask({ type: "direct", usernames: ["cleo", "ben"] });
  const later = new TestHub({}, bench.store);
  const back = await later.comeBack(cleo.token);
  const state = back.welcome.rooms.find(({ room }: { room: string }) => room === "dm.1.2.3");
  assert.deepEqual([state.access, state.people], ["direct", ["ana", "ben", "cleo"]]);
  const { rooms } = await back.ask({ type: "rooms" });
  assert.deepEqual(rooms[0].people, ["ana", "ben", "cleo"]);
});

Deno.test("nobody else sees a conversation, and nobody joins, leaves, adds, removes or changes it", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana"),
    ben = await bench.newcomer("ben"),
    cleo = await bench.newcomer("cleo");
  await ana.ask({ type: "direct", usernames: ["ben"] });
  const room = "dm.1.2";
  assert.deepEqual((await cleo.ask({ type: "rooms" })).rooms.map((each: { room: string }) => each.room), [
    "general",
  ]);
  assert.equal((await cleo.ask({ type: "join", room })).code, "no_such_room");
  assert.equal((await cleo.ask({ type: "history", room })).code, "not_a_member");
  for (
    const frame of [
      { type: "leave" },
      { type: "add", username: "cleo" },
      { type: "remove", username: "ben" },
      { type: "standing", username: "ben", standing: "muted" },
      { type: "change", topic: "ours" },
    ]
  ) {
    for (const visitor of [ana, ben]) {
      const refused = await visitor.ask({ ...frame, room });
      assert.equal(refused.code, "forbidden", frame.type);
      assert.match(refused.message, /direct conversation/);
    }
  }
});

Deno.test("names of conversations are nobody's to give to a room", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana");
  assert.equal((await ana.ask({ type: "create", room: "dm.1.2" })).code, "forbidden");
  assert.equal((await ana.ask({ type: "create", room: "DM.fun" })).code, "forbidden");
  assert.equal((await ana.ask({ type: "create", room: "dmfun" })).type, "ok");
});

Deno.test("a conversation is with one to seven others who exist", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana");
  const others: string[] = [];
  for (let count = 1; count <= limits.directPeople; count++) {
    others.push(`user-${count}`);
    await bench.newcomer(`user-${count}`);
  }
  const code = async (usernames: readonly string[]) => {
    const { code, type } = await ana.ask({ type: "direct", usernames });
    return code ?? type;
  };
  assert.equal(await code([]), "bad_request");
  assert.equal(await code(["ana"]), "bad_request");
  assert.equal(await code(others), "bad_request");
  assert.equal(await code(["nobody"]), "no_such_user");
  assert.equal(await code([...others.slice(1), "ana"]), "ok");
});

Deno.test("a guest opens one only with people with whom they share a room", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana"), guest = await bench.newcomerAs("guest", "gil");
  await bench.newcomer("cleo");
  await ana.ask({ type: "create", room: "visitors", access: "private" });
  await ana.ask({ type: "add", room: "visitors", username: "gil" });
  await guest.ask({ type: "leave", room: "general" });
  const unknown = await guest.ask({ type: "direct", usernames: ["cleo"] });
  const absent = await guest.ask({ type: "direct", usernames: ["nobody"] });
  assert.equal(unknown.code, "no_such_user");
  assert.equal(unknown.message.replace("cleo", "nobody"), absent.message);
  assert.equal((await guest.ask({ type: "direct", usernames: ["ana"] })).type, "ok");
});

Deno.test("nobody opens a new one with an account that is deactivated, and an old one stays", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana");
  await bench.newcomer("ben");
  await bench.newcomer("cleo");
  await ana.ask({ type: "direct", usernames: ["ben"] });
  for (const username of ["ben", "cleo"]) await ana.ask({ type: "deactivate", username, deactivated: true });
  assert.equal((await ana.ask({ type: "direct", usernames: ["ben"] })).type, "ok");
  assert.equal((await ana.ask({ type: "direct", usernames: ["cleo"] })).code, "forbidden");
});

Deno.test("nobody fills the rooms of another with conversations, which cannot be left", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana"), ben = await bench.newcomer("ben");
  const open = async (visitor: Visitor, index: number) => {
    const answer = await visitor.ask({ type: "direct", usernames: ["cleo", `user-${index}`] });
    return answer.code ?? answer.type;
  };
  await bench.newcomer("cleo");
  for (let index = 0; index <= limits.directsWithOne; index++) await bench.newcomer(`user-${index}`);
  for (let index = 0; index < limits.directsWithOne; index++) assert.equal(await open(ana, index), "ok");
  assert.equal(await open(ana, limits.directsWithOne), "forbidden");
  assert.equal(await open(ana, 0), "ok", "one that is there");
  assert.equal(await open(ben, limits.directsWithOne), "ok");
  assert.equal((await ana.ask({ type: "direct", usernames: ["user-1"] })).type, "ok");
  const later = new TestHub({}, bench.store);
  assert.equal(await open(await later.comeBack(ana.token), limits.directsWithOne - 1), "ok");
  assert.equal(later.hub.accounts.named("ana")?.roomsMade, 0);
});

Deno.test("whoever is in many rooms is taken into no more by others, and may still choose some", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana"), ben = await bench.newcomer("ben");
  for (let index = 1; index < limits.roomsByOthers; index++) {
    await ben.ask({ type: "create", room: `room-${index}` });
  }
  await ana.ask({ type: "create", room: "ops" });
  const added = await ana.ask({ type: "add", room: "ops", username: "ben" });
  assert.deepEqual([added.code, /"ben" is in 400 rooms/.test(added.message)], ["forbidden", true]);
  assert.equal((await ana.ask({ type: "direct", usernames: ["ben"] })).code, "forbidden");
  assert.equal((await ben.ask({ type: "join", room: "ops" })).type, "ok");
  assert.equal((await ben.ask({ type: "direct", usernames: ["ana"] })).type, "ok");
});

Deno.test("one that could not be stored is not there, for anybody", async () => {
  const store = ailingStore();
  const bench = new TestHub({}, store);
  const ana = await bench.newcomer("ana"), ben = await bench.newcomer("ben");
  store.fail();
  assert.equal((await ana.ask({ type: "direct", usernames: ["ben"] })).code, "unavailable");
  store.recover();
  assert.equal(bench.hub.rooms.named("dm.1.2"), undefined);
  assert.deepEqual([...ben.guest.account.memberships.keys()], ["general"]);
  assert.equal((await ben.ask({ type: "direct", usernames: ["ana"] })).seq, 1);
});
