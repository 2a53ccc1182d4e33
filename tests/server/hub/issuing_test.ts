import assert from "node:assert/strict";
import { changePassword, findReset, newInvite, passwordOf, redeemReset } from "../../../server/hub/mod.ts";
import { ailingStore } from "../../kit/ailing_store.ts";
import { TestHub, Visitor } from "../../kit/hub.ts";
import { assertRefused } from "../../kit/refusals.ts";

/** Mal is an owner, and has made a link for Ana, who is one too, and an invite of each kind. */
async function setUp(store = ailingStore()) {
  const bench = new TestHub({ registration: "invite" }, store);
  const { change, secret } = ownerInvite(bench);
  store.commit([change]);
  const ana = await bench.newcomer("ana", secret);
  const { secret: forMal } = await ana.ask({ type: "invite" });
  const mal = await bench.newcomer("mal", forMal);
  await ana.ask({ type: "role", username: "mal", role: "owner" });
  const reset: string = (await mal.ask({ type: "issue_reset", username: "ana", twoFactor: true })).secret;
  const invites: Record<string, string> = {};
  for (const role of ["admin", "member"]) {
    invites[role] = (await mal.ask({ type: "invite", role, uses: 9 })).secret;
  }
  const registers = async (name: string, role: string) => (await bench.newcomer(name, invites[role])).welcome;
  const becomes = (role: string) => ana.ask({ type: "role", username: "mal", role });
  return { bench, store, ana, mal, reset, registers, becomes };
}

function ownerInvite(bench: TestHub) {
  return newInvite({ role: "owner", uses: 1, lifeMs: 60_000 }, bench.world);
}

Deno.test("what somebody has made counts no more once they are deactivated, also when they come back", async () => {
  const { bench, ana, reset, registers } = await setUp();
  const deactivate = (deactivated: boolean) => ana.ask({ type: "deactivate", username: "mal", deactivated });
  assert.equal((await deactivate(true)).type, "ok");
  assertRefused(() => findReset(bench.hub, reset), "reset_invalid");
  await assert.rejects(registers("ben", "member"), { code: "invite_invalid" });
  await deactivate(false);
  await assert.rejects(registers("ben", "member"), { code: "invite_invalid" });
});

Deno.test("a reset link counts while its maker is an owner, an invite while its maker may still make it", async () => {
  const { bench, reset, registers, becomes } = await setUp();
  findReset(bench.hub, reset);
  assert.equal((await registers("ben", "admin")).user.role, "admin");
  await becomes("admin");
  assertRefused(() => findReset(bench.hub, reset), "reset_invalid");
  await assert.rejects(registers("cleo", "admin"), { code: "invite_invalid" });
  assert.equal((await registers("dora", "member")).user.role, "member");
  await becomes("guest");
  await assert.rejects(registers("eve", "member"), { code: "invite_invalid" });
  const invalid = (attempt: () => unknown) => assertRefused(attempt, "reset_invalid");
  invalid(() => redeemReset(bench.hub, redemptionOf(reset), new Visitor(bench).arrival()));
});

Deno.test("a role that is taken away takes what it made with it in that very turn", async () => {
  const { bench, ana, reset } = await setUp();
  ana.say({ type: "role", username: "mal", role: "member" });
  assertRefused(() => findReset(bench.hub, reset), "reset_invalid");
});

Deno.test("a changed password voids what its account has made, at once and for good", async () => {
  const { bench, mal, reset, registers } = await setUp();
  const proven = passwordOf(bench.hub, mal.guest.account);
  changePassword(bench.hub, mal.guest, { proven, hash: "$new" }, "1");
  const refused = async () => {
    assertRefused(() => findReset(bench.hub, reset), "reset_invalid");
    await assert.rejects(registers("ben", "member"), { code: "invite_invalid" });
  };
  assertRefused(() => findReset(bench.hub, reset), "reset_invalid");
  await refused();
  await bench.settle();
  await refused();
  const { secret } = await mal.ask({ type: "invite" });
  assert.equal((await bench.newcomer("cleo", secret)).welcome.user.username, "cleo");
});

Deno.test("a password that was reset voids what its account has made, and what others have made stays", async () => {
  const { bench, ana, reset, registers } = await setUp();
  const { secret: forMal } = await ana.ask({ type: "issue_reset", username: "mal" });
  const { secret: fromAna } = await ana.ask({ type: "invite" });
  redeemReset(bench.hub, redemptionOf(forMal), new Visitor(bench).arrival());
  await bench.settle();
  assertRefused(() => findReset(bench.hub, reset), "reset_invalid");
  await assert.rejects(registers("ben", "member"), { code: "invite_invalid" });
  assert.equal((await bench.newcomer("cleo", fromAna)).welcome.user.username, "cleo");
});

Deno.test("where a change of the password could not be stored, what its account has made is good still", async () => {
  const { bench, store, mal, reset } = await setUp();
  store.fail();
  const proven = passwordOf(bench.hub, mal.guest.account);
  changePassword(bench.hub, mal.guest, { proven, hash: "$new" }, "1");
  await bench.settle();
  store.recover();
  findReset(bench.hub, reset);
});

function redemptionOf(secret: string) {
  return { secret, passwordHash: "$new", code: undefined };
}
