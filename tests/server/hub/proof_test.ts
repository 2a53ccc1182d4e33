import assert from "node:assert/strict";
import { confirmProof } from "../../../server/hub/mod.ts";
import { limits } from "../../../shared/protocol/mod.ts";
import { TestHub, type Visitor } from "../../kit/hub.ts";
import { protect } from "../../kit/two_factor.ts";

/** Ana owns the server and has come back by her token; the others are there for what she does to them. */
async function setUp() {
  const bench = new TestHub();
  const first = await bench.newcomer("ana");
  const ben = await bench.newcomer("ben"), cleo = await bench.newcomerAs("admin", "cleo");
  const ana = await bench.comeBack(first.token);
  return { bench, first, ana, ben, cleo };
}

async function outcome(visitor: Visitor, frame: Record<string, unknown>): Promise<string> {
  const { type, code } = await visitor.ask(frame);
  return code ?? type;
}

Deno.test("what makes or unmakes owners and admins takes a proof, and what admins may do takes none", async () => {
  const { bench, ana, cleo } = await setUp();
  const admin = await bench.comeBack(cleo.token);
  const role = (username: string, role: string) => ({ type: "role", username, role });
  for (const to of ["owner", "admin"]) assert.equal(await outcome(ana, role("ben", to)), "proof_required");
  for (const to of ["owner", "guest"]) assert.equal(await outcome(ana, role("cleo", to)), "proof_required");
  assert.equal(bench.hub.accounts.named("cleo")?.role, "admin");
  assert.equal(await outcome(ana, role("ben", "guest")), "ok");
  assert.equal(await outcome(admin, role("ben", "member")), "ok");
  assert.equal(await outcome(ana, role("cleo", "admin")), "ok", "which changes nothing");
  assert.equal(await outcome(ana, { type: "invite", role: "admin" }), "proof_required");
  assert.equal(await outcome(ana, { type: "invite" }), "invite");
});

Deno.test("to end an owner's or admin's account, or let it come back, takes a proof too", async () => {
  const { bench, first, ana } = await setUp();
  const deactivate = (username: string, deactivated = true) => ({
    type: "deactivate",
    username,
    deactivated,
  });
  assert.equal(await outcome(ana, deactivate("cleo")), "proof_required");
  assert.equal(bench.hub.accounts.named("cleo")?.deactivated, false);
  assert.equal(await outcome(first, deactivate("cleo")), "ok");
  assert.equal(await outcome(ana, deactivate("cleo", false)), "proof_required");
  assert.equal(await outcome(ana, deactivate("ben")), "ok");
  assert.equal(await outcome(ana, deactivate("ben", false)), "ok");
});

Deno.test("what nobody may do is refused as that, with or without a proof", async () => {
  const { bench, ana, cleo } = await setUp();
  const admin = await bench.comeBack(cleo.token);
  assert.equal(await outcome(admin, { type: "role", username: "ben", role: "owner" }), "forbidden");
  assert.equal(await outcome(admin, { type: "invite", role: "admin" }), "forbidden");
  assert.equal(await outcome(ana, { type: "role", username: "ana", role: "member" }), "forbidden");
  assert.equal(await outcome(ana, { type: "policy", twoFactor: "required" }), "forbidden");
});

Deno.test("to change what everybody must do takes a proof, to ask for it none", async () => {
  const { bench, first, ana } = await setUp();
  await protect(bench, first);
  assert.equal(await outcome(ana, { type: "policy" }), "policy");
  assert.equal(
    await outcome(ana, { type: "policy", twoFactor: "optional" }),
    "policy",
    "which changes nothing",
  );
  assert.equal(await outcome(ana, { type: "policy", twoFactor: "required" }), "proof_required");
  assert.equal(bench.hub.policy.twoFactor, "optional");
});

Deno.test("a proof holds for five minutes, and for the session that it was made in", async () => {
  const { bench, ana } = await setUp();
  const other = await bench.comeBack(ana.token);
  const inviteAdmin = { type: "invite", role: "admin" };
  confirmProof(bench.hub, ana.guest, [], "proof");
  await bench.settle();
  assert.deepEqual([ana.heard.at(-1).type, ana.heard.at(-1).re], ["ok", "proof"]);
  assert.equal(await outcome(ana, inviteAdmin), "invite");
  assert.equal(await outcome(other, inviteAdmin), "proof_required");
  bench.clock.advance(limits.provenMs - 1);
  assert.equal(await outcome(ana, inviteAdmin), "invite");
  bench.clock.advance(1);
  assert.equal(await outcome(ana, inviteAdmin), "proof_required");
});

Deno.test("a session that begins with a password begins proven, for as long", async () => {
  const { bench, first } = await setUp();
  const inviteAdmin = { type: "invite", role: "admin" };
  assert.equal(await outcome(first, inviteAdmin), "invite");
  const again = await bench.logIn(first.guest.account);
  assert.equal(await outcome(again, inviteAdmin), "invite");
  bench.clock.advance(limits.provenMs);
  for (const visitor of [first, again]) assert.equal(await outcome(visitor, inviteAdmin), "proof_required");
});
