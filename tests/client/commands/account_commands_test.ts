/** Commands about accounts, against a server that the test plays. */
import assert from "node:assert/strict";
import type { Outcome } from "../../../client/commands/command.ts";
import { commandNames } from "../../../client/commands/table.ts";
import { understand } from "../../../client/commands/understand.ts";
import { type Answer, Refusal, type Role } from "../../../shared/protocol/mod.ts";
import { type Answering, answering } from "../../kit/answering.ts";
import { manualClock } from "../../kit/manual_clock.ts";
import { expect, withScene } from "../../kit/script.ts";
import type { Peer } from "../../kit/scripted_server.ts";
import { testWorld } from "../../kit/world.ts";

Deno.test("a password is changed by the old one and a new one that the server takes", () =>
  withDesk(async ({ run, peer }) => {
    const asker = answering("old words", "short", "long enough but known", "long enough and new");
    const running = run("/password", asker);
    await refuse(peer, "change_password", "weak_password", "This password is too common");
    const heard = await expect(peer, "change_password");
    assert.deepEqual([heard.current, heard.password], ["old words", "long enough and new"]);
    await peer.say({ type: "ok", re: heard.id });
    const { outcome, shown } = await running;
    assert.match(textOf(outcome), /password is changed, and your other devices are logged out/);
    assert.deepEqual(asker.asked, [
      "*Your password until now",
      "*New password",
      "*New password",
      "*New password",
    ]);
    assert.deepEqual(shown.map(textOf), [
      "That has 5 characters: it takes 15 or more.",
      "This password is too common. Please choose another one.",
    ]);
  }));

Deno.test("an empty answer changes nothing, and nothing is sent", () =>
  withDesk(async ({ run, heard }) => {
    for (
      const [line, ...answers] of [
        ["/password", ""],
        ["/password", "old words", ""],
        ["/2fa on", ""],
        ["/2fa codes", "password", ""],
        ["/2fa off", "no"],
        ["/2fa off", "y", "password", ""],
        ["/role ana member", ""],
      ]
    ) {
      const { outcome } = await run(line ?? "", answering(...answers));
      assert.equal(textOf(outcome), "Nothing was changed.", line);
    }
    assert.deepEqual(heard(), []);
  }));

Deno.test("without a terminal, what asks something is a mistake that says so", () =>
  withDesk(async ({ run, heard }) => {
    for (
      const line of ["/password", "/2fa on", "/2fa off", "/2fa codes", "/revoke others", "/role ana member"]
    ) {
      const { outcome } = await run(line);
      assert.equal(outcome.kind, "mistake");
      assert.match(textOf(outcome), /^\/\w+ asks you something: type it at a terminal$/);
    }
    assert.deepEqual(heard(), []);
  }));

const device = { created: 1, seen: 1, online: true, current: false };

Deno.test("a device is logged out by its number, after its name was shown", () =>
  withDesk(async ({ run, peer }) => {
    const devices = [{ ...device, device: "d1", current: true }, { ...device, device: "d2", name: "phone" }];
    const asker = answering("y");
    const running = run("/revoke 2", asker);
    await tell(peer, "devices", { type: "devices", devices });
    const heard = await expect(peer, "revoke");
    assert.equal(heard.device, "d2");
    await peer.say({ type: "ok", re: heard.id });
    assert.equal(textOf((await running).outcome), '"phone" is logged out.');
    assert.deepEqual(asker.asked, ['Log out "phone"? [y/N]']);
    const unknown = run("/revoke 3", answering());
    await tell(peer, "devices", { type: "devices", devices });
    assert.match(textOf((await unknown).outcome), /no device of this number/);
  }));

Deno.test("all other devices are logged out after their number was shown, where there are any", () =>
  withDesk(async ({ run, peer }) => {
    const mine = { ...device, device: "d1", current: true };
    const alone = run("/revoke others", answering());
    await tell(peer, "devices", { type: "devices", devices: [mine] });
    assert.equal(textOf((await alone).outcome), "No other device is logged in as you.");
    const asker = answering("yes");
    const running = run("/revoke others", asker);
    const others = ["d2", "d3"].map((name) => ({ ...device, device: name }));
    await tell(peer, "devices", { type: "devices", devices: [mine, ...others] });
    const heard = await expect(peer, "revoke");
    assert.equal(heard.device, undefined);
    await peer.say({ type: "ok", re: heard.id });
    assert.match(textOf((await running).outcome), /only this device is logged in/);
    assert.deepEqual(asker.asked, ["Log out your 2 other devices? [y/N]"]);
  }));

Deno.test("two-factor is set up by password and code, each again where it is wrong, and the codes are shown", () =>
  withDesk(async ({ run, peer, me }) => {
    const asker = answering("wrong", "right", "111 111", "222 222", "");
    const running = run("/2fa on", asker);
    await refuse(peer, "two_factor_begin", "auth_failed", "The password is wrong");
    await tell(peer, "two_factor_begin", { type: "two_factor_secret", secret: "ABCD", uri: "otpauth://x" });
    await refuse(peer, "two_factor_confirm", "code_invalid", "The code is wrong");
    const confirm = await expect(peer, "two_factor_confirm");
    assert.equal(confirm.code, "222222");
    await peer.say({ type: "recovery_codes", re: confirm.id, codes: ["a", "b"] });
    const { outcome, shown } = await running;
    assert.match(textOf(outcome), /Two-factor is on/);
    assert.deepEqual(shown.map(({ kind }) => kind), ["told", "two_factor_secret", "told", "recovery_codes"]);
    assert.equal(me().twoFactor, true);
    assert.match(textOf((await run("/2fa")).outcome), /Two-factor is on\./);
    assert.match(textOf((await run("/2fa on", answering())).outcome), /on already/);
  }));

Deno.test("two-factor is turned off by a yes, the password and a code", () =>
  withDesk(async ({ run, peer, me }) => {
    const running = run("/2fa off", answering("y", "password", "123 456"));
    const heard = await expect(peer, "two_factor_end");
    assert.deepEqual([heard.password, heard.code], ["password", "123456"]);
    await peer.say({ type: "ok", re: heard.id });
    assert.match(textOf((await running).outcome), /^Two-factor is off\./);
    assert.equal(me().twoFactor, false);
  }));

Deno.test("a role is given to others at once, and taken from oneself after a question", () =>
  withDesk(async ({ run, peer }) => {
    const other = run("/role @Ben admin");
    const heard = await expect(peer, "role");
    assert.deepEqual([heard.username, heard.role], ["ben", "admin"]);
    await peer.say({ type: "ok", re: heard.id });
    assert.equal(textOf((await other).outcome), "ben is an admin now.");
    const asker = answering("y");
    const own = run("/role ana guest", asker);
    await refuse(peer, "role", "forbidden", "The last owner stays one");
    await assert.rejects(own, (refusal) => refusal instanceof Refusal && refusal.code === "forbidden");
    assert.deepEqual(asker.asked, ["You would be a guest and no longer an owner. Go on? [y/N]"]);
  }));

Deno.test("a reset link is made, with two-factor off only where that is said", () =>
  withDesk(async ({ run, peer }) => {
    for (const [line, twoFactor] of [["/reset ben", false], ["/reset ben 2fa", true]] as const) {
      const running = run(line);
      const heard = await expect(peer, "issue_reset");
      assert.deepEqual([heard.username, heard.twoFactor], ["ben", twoFactor]);
      const link = "chat://h:1/reset#s.p";
      await peer.say({ type: "reset", re: heard.id, username: "ben", secret: "s", link, expires: 1 });
      const { outcome } = await running;
      assert.ok(outcome.kind === "reset" && outcome.endsTwoFactor === twoFactor);
    }
    assert.equal((await run("/reset ben off")).outcome.kind, "mistake");
  }));

Deno.test("the rule about two-factor is shown, and set by on and off", () =>
  withDesk(async ({ run, peer }) => {
    for (
      const [line, asks, text] of [
        ["/policy", undefined, /own choice/],
        ["/policy 2fa on", "required", /demanded of everybody/],
        ["/policy 2FA Optional", "optional", /own choice/],
      ] as const
    ) {
      const running = run(line);
      const heard = await expect(peer, "policy");
      assert.equal(heard.twoFactor, asks);
      await peer.say({ type: "policy", re: heard.id, twoFactor: asks ?? "optional" });
      assert.match(textOf((await running).outcome), text);
    }
    assert.equal((await run("/policy 2fa maybe")).outcome.kind, "mistake");
  }));

Deno.test("people are listed page by page", () =>
  withDesk(async ({ run, peer }) => {
    const running = run("/people");
    const person = (username: string) =>
      ({ username, role: "member", twoFactor: false, online: true }) as const;
    await tell(peer, "people", { type: "people", people: [person("ana"), person("ben")], more: true });
    const second = await expect(peer, "people");
    assert.equal(second.after, "ben");
    await peer.say({ type: "people", re: second.id, people: [person("cleo")], more: false });
    const { outcome } = await running;
    assert.ok(outcome.kind === "people");
    assert.deepEqual(outcome.people.map(({ username }) => username), ["ana", "ben", "cleo"]);
  }));

Deno.test("an invite is for a number of people and a role, each of which may be left out", () =>
  withDesk(async ({ run, peer }) => {
    for (
      const [line, uses, role] of [
        ["/invite", 1, undefined],
        ["/invite 3", 3, undefined],
        ["/invite guest", 1, "guest"],
        ["/invite 2 Admin", 2, "admin"],
      ] as const
    ) {
      const running = run(line);
      const heard = await expect(peer, "invite");
      assert.deepEqual([heard.uses, heard.role], [uses, role]);
      await peer.say({ type: "invite", re: heard.id, secret: "s", link: "l", uses, expires: 1 });
      assert.equal((await running).outcome.kind, "invite");
    }
    assert.equal((await run("/invite owner")).outcome.kind, "mistake");
  }));

Deno.test("help and completion offer nobody what their role may not do", () =>
  withDesk(async ({ run }) => {
    const { outcome } = await run("/help");
    assert.ok(outcome.kind === "help");
    const forOwners = ["invite", "people", "role", "reset", "policy"];
    const offered = outcome.commands.map(({ name }) => name);
    for (const name of forOwners) assert.ok(offered.includes(name), name);
    const hidden = (role: Role) => commandNames().filter((name) => !commandNames(role).includes(name));
    assert.deepEqual(hidden("owner"), []);
    assert.deepEqual(hidden("admin"), ["reset", "policy"]);
    assert.deepEqual(hidden("member"), forOwners);
    assert.deepEqual(hidden("guest"), ["join", "create", ...forOwners]);
  }));

interface TestDesk {
  readonly peer: Peer;
  run(
    line: string,
    asker?: Answering,
  ): Promise<{ readonly outcome: Outcome; readonly shown: readonly Outcome[] }>;
  me(): { readonly twoFactor?: boolean | undefined };
  /** The types of what the server heard after the login. */
  heard(): readonly string[];
}

/** Ana, an owner, is logged in and in no room. */
function withDesk(use: (desk: TestDesk) => Promise<void>): Promise<void> {
  const world = testWorld({ clock: manualClock() });
  return withScene({ world, rooms: [], role: "owner" }, async ({ connection, peer, server }) => {
    await use({
      peer,
      me: () => connection.model().me,
      heard: () => server.heard.map(({ type }) => type).filter((type) => type !== "login"),
      async run(line, asker) {
        const shown: Outcome[] = [];
        const intent = understand(line);
        assert.ok(intent.kind === "run", line);
        const desk = {
          connection,
          room: undefined,
          asker,
          show: (outcome: Outcome) => void shown.push(outcome),
        };
        return { outcome: await intent.command.run(desk, intent.words), shown };
      },
    });
  });
}

function textOf(outcome: Outcome): string {
  return "text" in outcome ? outcome.text : outcome.kind;
}

type Unaddressed = Answer extends infer A ? A extends Answer ? Omit<A, "re"> : never : never;

async function tell(peer: Peer, type: string, answer: Unaddressed): Promise<void> {
  const { id } = await expect(peer, type);
  await peer.say({ ...answer, re: id } as Answer);
}

async function refuse(peer: Peer, type: string, code: Refusal["code"], message: string): Promise<void> {
  await tell(peer, type, { type: "error", code, message });
}
