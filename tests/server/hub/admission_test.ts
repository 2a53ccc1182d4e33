import assert from "node:assert/strict";
import { newInvite, registrationOf, signUp } from "../../../server/hub/mod.ts";
import { TestHub, Visitor } from "../../kit/hub.ts";

async function refused(attempt: Promise<unknown>, code: string): Promise<void> {
  await assert.rejects(attempt, { name: "Refusal", code });
}

function ownerInvite(bench: TestHub, lifeMs: number = 60_000): string {
  const { secret, change } = newInvite({ role: "owner", uses: 1, lifeMs }, bench.world);
  bench.store.commit([change]);
  return secret;
}

Deno.test("on a loopback address with open registration the first to come is the owner", async () => {
  const bench = new TestHub({ registration: "open", loopbackOnly: true });
  assert.equal(registrationOf(bench.hub), "open");
  assert.equal((await bench.newcomer("ana")).welcome.user.role, "owner");
  assert.equal((await bench.newcomer("ben")).welcome.user.role, "member");
});

Deno.test("anywhere else the first account needs the owner's link, whatever the settings say", async () => {
  for (const registration of ["open", "invite", "closed"] as const) {
    const bench = new TestHub({ registration, loopbackOnly: registration !== "open" });
    assert.equal(registrationOf(bench.hub), "invite");
    if (registration === "closed") continue;
    await refused(bench.newcomer("ana"), "invite_required");
    await refused(bench.newcomer("ana", "wrong"), "invite_invalid");
  }
  const bench = new TestHub({ registration: "closed", loopbackOnly: false });
  assert.equal((await bench.newcomer("ana", ownerInvite(bench))).welcome.user.role, "owner");
  assert.equal(registrationOf(bench.hub), "closed");
  await refused(bench.newcomer("ben"), "registration_closed");
});

Deno.test("an owner's link makes the first account and no other", async () => {
  const bench = new TestHub({ registration: "invite" });
  const unused = ownerInvite(bench), used = ownerInvite(bench);
  assert.equal((await bench.newcomer("ana", used)).welcome.user.role, "owner");
  for (const secret of [unused, used]) await refused(bench.newcomer("ben", secret), "invite_invalid");
});

Deno.test("a member's invite does not open a server that nobody owns", async () => {
  const bench = new TestHub({ registration: "invite" });
  const { secret, change } = newInvite({ role: "member", uses: 1, lifeMs: 60_000 }, bench.world);
  bench.store.commit([change]);
  await refused(bench.newcomer("ana", secret), "invite_invalid");
});

Deno.test("an invite lets in as many as it says", async () => {
  const bench = new TestHub({ registration: "invite" });
  const ana = await bench.newcomer("ana", ownerInvite(bench));
  const { secret, link, uses } = await ana.ask({ type: "invite", uses: 2 });
  assert.deepEqual([link, uses], [`chat://here/#${secret}`, 2]);
  for (const name of ["ben", "cleo"]) {
    assert.equal((await bench.newcomer(name, secret)).welcome.user.role, "member");
  }
  await refused(bench.newcomer("dora", secret), "invite_invalid");
});

Deno.test("an invite expires", async () => {
  const bench = new TestHub({ registration: "invite" });
  const ana = await bench.newcomer("ana", ownerInvite(bench));
  const { secret, expires } = await ana.ask({ type: "invite", uses: 9, expiresMs: 60_000 });
  assert.equal(expires, bench.clock.now() + 60_000);
  bench.clock.advance(59_999);
  assert.equal((await bench.newcomer("ben", secret)).welcome.user.username, "ben");
  bench.clock.advance(1);
  await refused(bench.newcomer("cleo", secret), "invite_invalid");
});

Deno.test("an invite is for 72 hours and one use unless its maker says otherwise", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana");
  const { uses, expires } = await ana.ask({ type: "invite" });
  assert.deepEqual([uses, expires - bench.clock.now()], [1, 72 * 3_600_000]);
});

Deno.test("an invite for one that two use in the same turn lets one in", async () => {
  const bench = new TestHub({ registration: "invite" });
  const ana = await bench.newcomer("ana", ownerInvite(bench));
  const { secret } = await ana.ask({ type: "invite" });
  const one = new Visitor(bench), other = new Visitor(bench);
  signUp(bench.hub, { name: "ben", passwordHash: "$", invite: secret }, one.arrival(), one.refuse);
  assert.throws(
    () =>
      signUp(bench.hub, { name: "cleo", passwordHash: "$", invite: secret }, other.arrival(), other.refuse),
    { code: "invite_invalid" },
  );
  await bench.settle();
  assert.equal(one.welcome.user.username, "ben");
  assert.equal(bench.hub.pendingInvites.size, 0);
});

Deno.test("two who would both be the first in one turn are an owner and a member", async () => {
  const bench = new TestHub();
  const one = new Visitor(bench), other = new Visitor(bench);
  for (const [visitor, name] of [[one, "ana"], [other, "ben"]] as const) {
    signUp(bench.hub, { name, passwordHash: "$", invite: undefined }, visitor.arrival(), visitor.refuse);
  }
  await bench.settle();
  assert.deepEqual([one.welcome.user.role, other.welcome.user.role], ["owner", "member"]);
});

Deno.test("the same name twice in one turn is one account", async () => {
  const bench = new TestHub();
  const one = new Visitor(bench), other = new Visitor(bench);
  signUp(bench.hub, { name: "ana", passwordHash: "$", invite: undefined }, one.arrival(), one.refuse);
  assert.throws(
    () =>
      signUp(bench.hub, { name: "ana", passwordHash: "$", invite: undefined }, other.arrival(), other.refuse),
    { code: "username_exists" },
  );
  await bench.settle();
  assert.equal(bench.store.people.accounts().length, 1);
});

Deno.test("the invite is looked at before the name, so that strangers learn no names", async () => {
  const bench = new TestHub({ registration: "invite" });
  await bench.newcomer("ana", ownerInvite(bench));
  await refused(bench.newcomer("ana"), "invite_required");
  await refused(bench.newcomer("ana", "wrong"), "invite_invalid");
});

Deno.test("neither invites nor tokens reach the log", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana");
  const { secret } = await ana.ask({ type: "invite" });
  await bench.newcomer("ben", secret);
  const log = bench.world.lines.join("");
  for (const word of [secret, ana.token, ...ana.token.split(".")]) assert.ok(!log.includes(word));
});
