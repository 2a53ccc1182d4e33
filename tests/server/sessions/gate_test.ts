import assert from "node:assert/strict";
import { passGate } from "../../../server/sessions/gate.ts";
import {
  declarationOf,
  Refusal,
  requestFrames,
  type RequestType,
  type Role,
} from "../../../shared/protocol/mod.ts";

type Outcome = "passes" | "not_authenticated" | "already_authenticated" | "forbidden";

/** What each request meets at the gate, written down apart from the table that decides it. */
const expected: Readonly<Record<RequestType, Readonly<Record<"stranger" | Role, Outcome>>>> = {
  register: forStrangers(),
  login: forStrangers(),
  resume: forStrangers(),
  authority: forAnyone(),
  ping: forAnyone(),
  pong: forAnyone(),
  quit: forAnyone(),
  join: forMembers(),
  leave: forMembers(),
  create: forMembers(),
  rooms: forMembers(),
  send: forMembers(),
  history: forMembers(),
  read: forMembers(),
  who: forMembers(),
  invite: { stranger: "not_authenticated", member: "forbidden", owner: "passes" },
};

function forStrangers(): Record<"stranger" | Role, Outcome> {
  return { stranger: "passes", member: "already_authenticated", owner: "already_authenticated" };
}

function forMembers(): Record<"stranger" | Role, Outcome> {
  return { stranger: "not_authenticated", member: "passes", owner: "passes" };
}

function forAnyone(): Record<"stranger" | Role, Outcome> {
  return { stranger: "passes", member: "passes", owner: "passes" };
}

for (const type of Object.keys(requestFrames) as RequestType[]) {
  Deno.test(`the gate knows who may ask for ${type}`, () => {
    for (const who of ["stranger", "member", "owner"] as const) {
      assert.equal(outcome(type, who === "stranger" ? undefined : who), expected[type][who], who);
    }
    assert.ok(declarationOf(type).says.length > 0);
  });
}

function outcome(type: RequestType, role: Role | undefined): string {
  try {
    passGate(type, role);
    return "passes";
  } catch (error) {
    assert.ok(error instanceof Refusal);
    return error.code;
  }
}
