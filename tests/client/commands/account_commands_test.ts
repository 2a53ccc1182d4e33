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

const secretAndPin = `${"A".repeat(22)}.${"A".repeat(43)}`;

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
      "That has 5 characters: it takes 15 or more. A short sentence is easy to keep in mind.",
      "This password is too common. Please choose another one.",
    ]);
  }));

Deno.test("a password is changed with a code where the server asks for one, and again where it is wrong", () =>
  withDesk(async ({ run, peer }) => {
    const asker = answering("old words", "long enough and new", "111 111", "222 222");
    const running = run("/password", asker);
    await refuse(peer, "change_password", "code_required", "A code is needed");
    await refuse(peer, "change_password", "code_invalid", "The code is wrong");
    const heard = await expect(peer, "change_password");
    assert.deepEqual([heard.current, heard.password, heard.code], [
      "old words",
      "long enough and new",
      "222222",
    ]);
    await peer.say({ type: "ok", re: heard.id });
    const { outcome, shown } = await running;
    assert.match(textOf(outcome), /password is changed/);
    assert.deepEqual(shown.map(textOf), ["The code is wrong. Please try again; Enter alone stops."]);
    const stopped = run("/password", answering("old words", "long enough and new", ""));
    await refuse(peer, "change_password", "code_required", "A code is needed");
    assert.equal(textOf((await stopped).outcome), "Nothing was changed.");
  }));

/** What is refused until the person has proven who they are, and its answer then. */
const guarded = [
  ["/role ben admin", "role", { type: "ok" }],
  ["/reset ben", "issue_reset", {
    type: "reset",
    username: "ben",
    secret: "s",
    link: `chat://h:1/reset#${secretAndPin}`,
    expires: 1,
  }],
  ["/policy 2fa off", "policy", { type: "policy", twoFactor: "optional" }],
  ["/invite admin", "invite", {
    type: "invite",
    secret: "s",
    link: `chat://h:1/#${secretAndPin}`,
    uses: 1,
    expires: 1,
  }],
] as const;

for (const [line, type, answer] of guarded) {
  Deno.test(`"${line}" asks for password and code where the server wants proof, and is done then`, () =>
    withDesk(async ({ run, peer, heard }) => {
      const asker = answering("wrong", "right", "123 456");
      const running = run(line, asker);
      await refuse(peer, type, "proof_required", "Prove that it is you");
      await refuse(peer, "prove", "auth_failed", "The password is wrong");
      await refuse(peer, "prove", "code_required", "A code is needed");
      const proof = await expect(peer, "prove");
      assert.deepEqual([proof.password, proof.code], ["right", "123456"]);
      await peer.say({ type: "ok", re: proof.id });
      await tell(peer, type, answer);
      const { outcome, shown } = await running;
      assert.notEqual(outcome.kind, "mistake");
      assert.deepEqual(shown.map(textOf), ["The password is wrong. Please try again; Enter alone stops."]);
      assert.deepEqual(asker.asked, [
        "*Your password, to prove that it is you",
        "*Your password, to prove that it is you",
        "Code from your app, or a recovery code",
      ]);
      assert.equal(heard().filter((each) => each === type).length, 2);
    }));

  Deno.test(`"${line}" changes nothing where the proof is not given, and says so where nobody can be asked`, () =>
    withDesk(async ({ run, peer }) => {
      const stopped = run(line, answering(""));
      await refuse(peer, type, "proof_required", "Prove that it is you");
      assert.equal(textOf((await stopped).outcome), "Nothing was changed.");
      const alone = run(line);
      await refuse(peer, type, "proof_required", "Prove that it is you");
      const { outcome } = await alone;
      assert.equal(outcome.kind, "mistake");
      assert.match(
        textOf(outcome),
        /^For \/\w+ the server wants your password once more: type it at a terminal$/,
      );
    }));
}

Deno.test("a link of the server's that could end its quotes, or is none, is not shown", () =>
  withDesk(async ({ run, peer }) => {
    for (
      const link of [
        `chat://h:1/#${secretAndPin}'; echo evil '`,
        `chat://h';evil;':1/#${secretAndPin}`,
        `chat://h:1/reset#${secretAndPin}`,
        "$(evil)",
        "",
      ]
    ) {
      const running = run("/invite");
      await tell(peer, "invite", { type: "invite", secret: "s", link, uses: 1, expires: 1 });
      const { outcome } = await running;
      assert.match(textOf(outcome), /^The server sent no usable link\. /, link);
    }
    const running = run("/reset ben");
    const link = `chat://h:1/#${secretAndPin}`;
    await tell(peer, "issue_reset", { type: "reset", username: "ben", secret: "s", link, expires: 1 });
    assert.match(textOf((await running).outcome), /^The server sent no usable link\. /);
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
        ["/policy 2fa on", ""],
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
      const line of [
        "/password",
        "/2fa on",
        "/2fa off",
        "/2fa codes",
        "/revoke others",
        "/role ana member",
        "/policy 2fa on",
      ]
    ) {
      const { outcome } = await run(line);
      assert.equal(outcome.kind, "mistake");
      assert.match(textOf(outcome), /^\/\w+ asks you something: type it at a terminal$/);
    }
    assert.deepEqual(heard(), []);
  }));

const device = { created: 1, seen: 1, online: true, current: false };

Deno.test("a search goes on where the server has stopped for others' sake, until there is enough or nothing more", () =>
  withDesk(async ({ peer, run }) => {
    const hit = (seq: number) => ({
      room: "ops",
      message: { type: "message", seq, time: 1, from: "ben", text: "needle" } as const,
    });
    const running = run("/search needle");
    const asked: unknown[] = [];
    for (const [results, next] of [[[], 90], [[hit(8)], 40], [[hit(3)], undefined]] as const) {
      const heard = await expect(peer, "search");
      asked.push([heard.before, heard.limit]);
      await peer.say({ type: "search", re: heard.id, results, next, indexed: true });
    }
    const { outcome } = await running;
    assert.deepEqual(asked, [[undefined, 10], [90, 10], [40, 9]]);
    assert.ok(outcome.kind === "found");
    assert.deepEqual([outcome.found.results.map(({ message }) => message.seq), outcome.found.next], [
      [8, 3],
      undefined,
    ]);
  }));

Deno.test("a search that is too much for one go shows what it has", () =>
  withDesk(async ({ peer, run }) => {
    const running = run("/search needle");
    const first = await expect(peer, "search");
    await peer.say({ type: "search", re: first.id, results: [], next: 90, indexed: true });
    const { id } = await expect(peer, "search");
    await peer.say({ type: "error", re: id, code: "rate_limited", message: "Too fast", retryAfterMs: 9 });
    const { outcome } = await running;
    assert.ok(outcome.kind === "found");
    assert.deepEqual([outcome.found.results, outcome.found.next], [[], 90]);
  }));

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
      const link = `chat://h:1/reset#${secretAndPin}`;
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
        ["/policy 2fa required", "required", /demanded of everybody/],
        ["/policy 2FA Optional", "optional", /own choice/],
      ] as const
    ) {
      const asker = answering("y");
      const running = run(line, asker);
      const heard = await expect(peer, "policy");
      const cutsOff = asks === "required";
      assert.deepEqual(
        asker.asked,
        cutsOff ? ["Whoever has none is cut off until they have set it up. Go on? [y/N]"] : [],
      );
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
      const link = `chat://h:1/#${secretAndPin}`;
      await peer.say({ type: "invite", re: heard.id, secret: "s", link, uses, expires: 1 });
      const { outcome } = await running;
      assert.ok(outcome.kind === "invite" && outcome.role === (role ?? "member"));
    }
    assert.equal((await run("/invite owner")).outcome.kind, "mistake");
  }));

Deno.test("a bot is made with what it may do, or gets a new token, for whoever proves that it is them", () =>
  withDesk(async ({ run, peer }) => {
    const link = `chat://h:1/bot#${"t".repeat(22)}.${"t".repeat(43)}.${"p".repeat(42)}A`;
    for (
      const [line, type, scopes] of [
        ["/bot @Deploy send", "make_bot", ["send"]],
        ["/bot deploy send,read", "make_bot", ["read", "send"]],
        ["/bot deploy Files, send", "make_bot", ["send", "files"]],
        ["/bot deploy renew", "renew_bot", undefined],
        ["/bot deploy renew read, send", "renew_bot", ["read", "send"]],
      ] as const
    ) {
      const running = run(line);
      const heard = await expect(peer, type);
      assert.deepEqual([heard.username, "scopes" in heard ? heard.scopes : undefined], ["deploy", scopes]);
      await peer.say({ type: "bot", re: heard.id, username: "deploy", scopes: ["send"], token: "t", link });
      const { outcome } = await running;
      assert.ok(outcome.kind === "bot" && outcome.bot.link === link, textOf(outcome));
      assert.equal(outcome.isNew, type === "make_bot");
    }
    for (
      const line of [
        "/bot",
        "/bot deploy",
        "/bot deploy all",
        "/bot deploy send renew",
        "/bot deploy renew all",
      ]
    ) {
      assert.equal((await run(line)).outcome.kind, "mistake", line);
    }
    const running = run("/bot deploy send");
    const { id } = await expect(peer, "make_bot");
    const hostile = "chat://h:1/bot#'; rm -rf /";
    await peer.say({ type: "bot", re: id, username: "deploy", scopes: ["send"], token: "t", link: hostile });
    assert.match(textOf((await running).outcome), /no usable link/);
  }));

Deno.test("bots are listed page by page", () =>
  withDesk(async ({ run, peer }) => {
    const listed = (username: string) => ({ username, scopes: ["send"], rooms: 1, online: false });
    const running = run("/bots");
    await tell(peer, "bots", { type: "bots", bots: [listed("alarm")], more: true });
    const { id, after } = await expect(peer, "bots");
    assert.equal(after, "alarm");
    await peer.say({ type: "bots", re: id, bots: [listed("deploy")], more: false });
    const { outcome } = await running;
    assert.ok(outcome.kind === "bots");
    assert.deepEqual(outcome.bots.map(({ username }) => username), ["alarm", "deploy"]);
  }));

Deno.test("help and completion offer nobody what their role may not do", () =>
  withDesk(async ({ run }) => {
    const { outcome } = await run("/help");
    assert.ok(outcome.kind === "help");
    const forOwners = [
      "invite",
      "people",
      "role",
      "reset",
      "policy",
      "hold",
      "bots",
      "bot",
      "deactivate",
      "reactivate",
    ];
    const offered = outcome.commands.map(({ name }) => name);
    for (const name of forOwners) assert.ok(offered.includes(name), name);
    const hidden = (role: Role) => commandNames().filter((name) => !commandNames(role).includes(name));
    assert.deepEqual(hidden("owner"), []);
    assert.deepEqual(hidden("admin"), ["reset", "policy", "hold"]);
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
        return { outcome: await intent.command.run(desk, intent.words, intent.rest), shown };
      },
    });
  });
}

function textOf(outcome: Outcome): string {
  return "text" in outcome ? outcome.text ?? "" : outcome.kind;
}

type Unaddressed = Answer extends infer A ? A extends Answer ? Omit<A, "re"> : never : never;

async function tell(peer: Peer, type: string, answer: Unaddressed): Promise<void> {
  const { id } = await expect(peer, type);
  await peer.say({ ...answer, re: id } as Answer);
}

async function refuse(peer: Peer, type: string, code: Refusal["code"], message: string): Promise<void> {
  await tell(peer, type, { type: "error", code, message });
}
