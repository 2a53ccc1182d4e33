import assert from "node:assert/strict";
import { mayGive, mayInvite, mayRule } from "../../../server/hub/ranks.ts";
import { type Role, roles } from "../../../shared/protocol/mod.ts";

Deno.test("owners give every role to everybody, admins move people between member and guest, others give none", () => {
  const given: string[] = [];
  for (const giver of roles) {
    for (const from of roles) {
      for (const to of roles) if (mayGive(giver, from, to)) given.push(`${giver}: ${from} to ${to}`);
    }
  }
  const byOwner = roles.flatMap((from) => roles.map((to) => `owner: ${from} to ${to}`));
  assert.deepEqual(given, [
    ...byOwner,
    "admin: member to member",
    "admin: member to guest",
    "admin: guest to member",
    "admin: guest to guest",
  ]);
});

Deno.test("owners invite admins, members and guests, admins the latter two, others nobody", () => {
  const invited: Partial<Record<Role, Role[]>> = {};
  for (const inviter of roles) invited[inviter] = roles.filter((role) => mayInvite(inviter, role));
  assert.deepEqual(invited, {
    owner: ["admin", "member", "guest"],
    admin: ["member", "guest"],
    member: [],
    guest: [],
  });
});

Deno.test("owners decide about everybody, others about members and guests", () => {
  const ruled: Partial<Record<Role, Role[]>> = {};
  for (const actor of roles) ruled[actor] = roles.filter((other) => mayRule(actor, other));
  assert.deepEqual(ruled, {
    owner: ["owner", "admin", "member", "guest"],
    admin: ["member", "guest"],
    member: ["member", "guest"],
    guest: ["member", "guest"],
  });
});
