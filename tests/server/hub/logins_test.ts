import assert from "node:assert/strict";
import { openHub, resume, signIn } from "../../../server/hub/mod.ts";
import { TestHub, Visitor } from "../../kit/hub.ts";
import { limits } from "../../../shared/protocol/mod.ts";
import { refusalOf } from "../../kit/refusals.ts";

Deno.test("each resume gives a new token, and the one used stays good until the new one is used", async () => {
  const bench = new TestHub();
  const first = (await bench.newcomer("ana")).token;
  const second = (await bench.comeBack(first)).token;
  assert.notEqual(first, second);
  // The answer with the second token was lost: the first one still opens.
  const third = (await bench.comeBack(first)).token;
  const fourth = (await bench.comeBack(third)).token;
  assert.equal(new Set([first, second, third, fourth]).size, 4);
});

Deno.test("a token that was superseded is a theft: the login is revoked, its sessions end, others stay", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana");
  const stolen = ana.token;
  const again = await bench.comeBack(stolen);
  const latest = await bench.comeBack(again.token);
  const ben = await bench.newcomer("ben");

  assert.equal(refusalOf(() => resume(bench.hub, stolen, undefined, ana.arrival())).code, "token_invalid");
  await bench.settle();
  for (const visitor of [ana, again, latest]) {
    assert.deepEqual([visitor.heard.at(-1).type, visitor.heard.at(-1).code], ["bye", "revoked"]);
    assert.equal(visitor.sink.end, "closed");
  }
  assert.equal(ben.sink.end, "open");
  for (const token of [stolen, again.token, latest.token]) {
    assert.equal(refusalOf(() => resume(bench.hub, token, undefined, ana.arrival())).code, "token_invalid");
  }
  const events = bench.world.lines.map((line) => JSON.parse(line));
  assert.deepEqual(events.filter(({ event }) => event === "token_reused").map(({ username }) => username), [
    "ana",
  ]);
  assert.ok(bench.world.lines.every((line) => !line.includes(stolen)));
});

Deno.test("a theft ends the family that it is of, and no other login of the same account", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana");
  const phone = new Visitor(bench);
  signIn(bench.hub, ana.guest.account, phone.arrival(), []);
  await bench.settle();
  const second = await bench.comeBack(ana.token);
  await bench.comeBack(second.token);
  refusalOf(() => resume(bench.hub, ana.token, undefined, ana.arrival()));
  await bench.settle();
  assert.equal(second.sink.end, "closed");
  assert.equal(phone.sink.end, "open");
  assert.equal((await bench.comeBack(phone.token)).welcome.user.username, "ana");
});

Deno.test("a good token that comes in the very turn of a theft does not bring the login back", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana");
  const second = await bench.comeBack(ana.token);
  const third = await bench.comeBack(second.token);
  refusalOf(() => resume(bench.hub, ana.token, undefined, ana.arrival()));
  const late = new Visitor(bench);
  assert.equal(
    refusalOf(() => resume(bench.hub, third.token, undefined, late.arrival())).code,
    "token_invalid",
  );
  await bench.settle();
  assert.equal(
    refusalOf(() => resume(bench.hub, third.token, undefined, late.arrival())).code,
    "token_invalid",
  );
});

Deno.test("the same token twice in one turn opens two sessions, and the later answer holds the good token", async () => {
  const bench = new TestHub();
  const { token } = await bench.newcomer("ana");
  const one = new Visitor(bench), other = new Visitor(bench);
  resume(bench.hub, token, undefined, one.arrival());
  resume(bench.hub, token, undefined, other.arrival());
  await bench.settle();
  assert.notEqual(one.token, other.token);
  assert.equal((await bench.comeBack(other.token)).welcome.type, "auth_success");
});

Deno.test("a token that never was is invalid, and ends nothing", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana");
  for (const token of ["", ".", "x", "x.y", ana.token.split(".")[1] ?? "", "\u0000.\u0000"]) {
    assert.equal(refusalOf(() => resume(bench.hub, token, undefined, ana.arrival())).code, "token_invalid");
  }
  await bench.settle();
  assert.equal(ana.sink.end, "open");
});

Deno.test("only the hashes of tokens are kept, also of how they begin: what is stored ends no login", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana");
  const [lead = "", secret = ""] = ana.token.split(".");
  const [row, ...others] = bench.store.people.loginsOf(1);
  assert.ok(row !== undefined && others.length === 0);
  assert.equal(row.next.length, 32);
  for (const part of [lead, secret]) assert.ok(!JSON.stringify(row).includes(part));
  assert.equal(bench.store.people.login(lead), undefined);
  const forged = refusalOf(() => resume(bench.hub, `${row.id}.x`, undefined, ana.arrival()));
  await bench.settle();
  assert.equal(forged.code, "token_invalid");
  assert.equal(ana.sink.end, "open");
});

Deno.test("a token that comes twice while its login is in is told to who is there, once a minute at most", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana");
  const phone = await bench.logIn(ana.guest.account, "phone");
  const alerts = () => ana.heard.filter(({ type }) => type === "alert").length;
  const first = await bench.comeBack(phone.token);
  assert.equal(alerts(), 1, "the login itself: the newest token is what a client comes back with");
  const copy = await bench.comeBack(phone.token);
  assert.deepEqual([alerts(), first.heard.at(-1).about, first.heard.at(-1).device], [
    2,
    "new_login",
    "phone",
  ]);
  assert.deepEqual(copy.heard, []);
  await bench.comeBack(phone.token);
  assert.equal(alerts(), 2);
  bench.clock.advance(60_000);
  await bench.comeBack(phone.token);
  assert.deepEqual([alerts(), bench.logged("token_in_parallel").length], [3, 2]);
});

Deno.test("a token that comes twice since its answer was lost is no matter where nobody else is in by it", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana");
  const phone = await bench.logIn(ana.guest.account);
  (await bench.comeBack(phone.token)).leave();
  phone.leave();
  await bench.comeBack(phone.token);
  assert.equal(ana.heard.filter(({ type }) => type === "alert").length, 1, "the login itself");
});

Deno.test("the cursors of a resume are compared with each room", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana");
  for (const room of ["current", "behind", "reset", "absent"]) await ana.ask({ type: "create", room });
  await ana.ask({ type: "send", room: "behind", text: "news" });
  const cursors = { current: 1, behind: 1, reset: 2, elsewhere: 9 };
  const back = await bench.comeBack(ana.token, cursors);
  const states = back.welcome.rooms.map((
    { room, seq, state }: Record<string, unknown>,
  ) => [room, seq, state]);
  assert.deepEqual(states, [
    ["general", 1, "behind"],
    ["current", 1, "current"],
    ["behind", 2, "behind"],
    ["reset", 1, "reset"],
    ["absent", 1, "behind"],
  ]);
});

Deno.test("a token that was not used for 90 days is good no more, and is forgotten at the next start", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana");
  bench.clock.advance(limits.loginIdleMs + 1);
  await assert.rejects(bench.comeBack(ana.token), { code: "token_invalid" });
  const [{ id } = { id: "" }] = bench.store.people.loginsOf(1);
  assert.notEqual(bench.store.people.login(id), undefined);
  openHub(bench.store, bench.hub.contents, bench.hub.settings, bench.world);
  assert.equal(bench.store.people.login(id), undefined);
});
