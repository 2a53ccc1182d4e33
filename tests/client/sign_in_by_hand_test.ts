/** Ways in that take more than a name and a password, against a server that the test plays. */
import assert from "node:assert/strict";
import { CannotSignIn, signIn, type SignInOptions } from "../../client/sign_in.ts";
import { type ErrorCode, Refusal } from "../../shared/protocol/mod.ts";
import { doorToScript } from "../kit/client.ts";
import { withDirectory } from "../kit/directory.ts";
import { testPassword } from "../kit/line_client.ts";
import { manualClock } from "../kit/manual_clock.ts";
import { expect, welcome } from "../kit/script.ts";
import { hello, type Peer, type ScriptedServer, scriptedServer } from "../kit/scripted_server.ts";
import { scriptedPerson } from "../kit/scripted_person.ts";
import { testWorld } from "../kit/world.ts";

Deno.test("the code of an account with two-factor is asked for, and again where it is wrong", () =>
  withSignIn({ user: "ana" }, ["no", testPassword, "111 111", "abcd-efgh"], async ({ peer, script }) => {
    await refuse(peer, "login", "code_required", "A code is needed");
    const wrong = await refuse(
      peer,
      "login",
      "code_invalid",
      "The code is wrong, too old, or was used before",
    );
    assert.equal(wrong.code, "111111");
    const right = await welcome(peer, "login", []);
    assert.deepEqual([right.code, right.password], ["abcd-efgh", testPassword]);
    assert.deepEqual(script().slice(2), [
      "! Two-factor is on for this account.",
      "? Code from your app, or a recovery code:",
      "! That code is wrong or was used before: take the next one of your app, or check the recovery code; Ctrl-C stops.",
      "? Code from your app, or a recovery code:",
    ]);
  }));

Deno.test("whoever has guessed too often is told how long it takes, and tried again by itself", () =>
  withSignIn({ user: "ana" }, ["no", testPassword], async ({ server, peer, script, clock, told }) => {
    const heard = await expect(peer, "login");
    const message = "Too many failed logins";
    await peer.say({ type: "error", re: heard.id, code: "rate_limited", message, retryAfterMs: 240_000 });
    const sentence = "! Too many failed logins. This tries again by itself in 4 min; Ctrl-C stops it.";
    await told(sentence);
    await clock.pass(239_000);
    assert.equal(server.heard.filter(({ type }) => type === "login").length, 1);
    await clock.pass(1_000);
    // The line did not last that long.
    const next = await server.accept();
    await next.say(hello);
    assert.equal((await welcome(next, "login", [])).password, testPassword);
    assert.equal(script().at(-1), sentence);
  }));

Deno.test("a wait that is longer than anybody sits through is not begun", () =>
  withSignIn({ user: "ana" }, ["no", testPassword], async ({ peer, entering }) => {
    const heard = await expect(peer, "login");
    const retryAfterMs = 24 * 60 * 60 * 1000;
    await peer.say({ type: "error", re: heard.id, code: "rate_limited", message: "Too many", retryAfterMs });
    await assert.rejects(
      entering,
      (refusal) => refusal instanceof Refusal && refusal.code === "rate_limited",
    );
  }));

Deno.test("a reset link asks for a new password and the code, and for no name", () =>
  withSignIn({ reset: "secret" }, ["short", "known by all people", testPassword, "123456"], async (seen) => {
    const { peer, script } = seen;
    await refuse(peer, "redeem_reset", "weak_password", "This password is too common");
    await refuse(peer, "redeem_reset", "code_required", "A code is needed");
    const heard = await welcome(peer, "redeem_reset", []);
    assert.deepEqual([heard.secret, heard.password, heard.code], ["secret", testPassword, "123456"]);
    assert.deepEqual(script(), [
      "! You choose a new password for the account that the link was made for.",
      "! A password has 15 characters or more. What you type stays hidden.",
      "* New password:",
      "! That has 5 characters: it takes 15 or more. A short sentence is easy to keep in mind.",
      "* New password:",
      "! This password is too common. Please choose another one.",
      "! A password has 15 characters or more. What you type stays hidden.",
      "* New password:",
      "! Two-factor is on for this account.",
      "? Code from your app, or a recovery code:",
    ]);
  }));

Deno.test("a reset link that is used up ends it with the server's sentence", () =>
  withSignIn({ reset: "secret" }, [testPassword], async ({ peer, entering }) => {
    await refuse(peer, "redeem_reset", "reset_invalid", "The reset link is unknown, used or expired");
    await assert.rejects(entering, /The reset link is unknown, used or expired/);
  }));

Deno.test("without a terminal CHAT_PASSWORD is the new password, and a code that is needed ends it", async () => {
  await withSignIn({ reset: "secret", password: testPassword }, undefined, async ({ peer }) => {
    assert.equal((await welcome(peer, "redeem_reset", [])).password, testPassword);
  });
  await withSignIn({ user: "ana", password: testPassword }, undefined, async ({ peer, entering }) => {
    await refuse(peer, "login", "code_required", "A code is needed");
    await assert.rejects(entering, (trouble) => {
      assert.ok(trouble instanceof CannotSignIn);
      return /Two-factor is on .* connect once from a terminal, which saves your login/.test(trouble.message);
    });
  });
});

type Wishes = Partial<Pick<SignInOptions, "user" | "password" | "reset">>;

interface Seen {
  readonly server: ScriptedServer;
  readonly peer: Peer;
  readonly clock: ReturnType<typeof manualClock>;
  /** What becomes of the sign-in. */
  readonly entering: Promise<unknown>;
  script(): readonly string[];
  /** Resolves when the person was told this. */
  told(line: string): Promise<void>;
}

/** Signs in at a server without an end of its own, as somebody who gives these answers, or with nobody there. */
async function withSignIn(
  wishes: Wishes,
  answers: readonly string[] | undefined,
  use: (seen: Seen) => Promise<void>,
): Promise<void> {
  const clock = manualClock();
  await withDirectory(async (directory) => {
    await using server = await scriptedServer({ directory });
    const knocking = doorToScript(server, directory, testWorld({ clock }));
    const peer = await server.accept();
    await peer.say(hello);
    const door = await knocking;
    const script: string[] = [];
    const person = answers && scriptedPerson([...answers], script);
    const entering = signIn({ ...wishes, door, clock, savedNames: [], person });
    entering.catch(() => {});
    const told = async (line: string) => {
      while (!script.includes(line)) await new Promise((resolve) => setImmediate(resolve));
    };
    await use({ server, peer, clock, entering, script: () => script, told });
    const connection = await entering.catch(() => undefined);
    await server[Symbol.asyncDispose]();
    await connection?.close();
    door.close();
  });
}

async function refuse(
  peer: Peer,
  type: string,
  code: ErrorCode,
  message: string,
): Promise<Readonly<Record<string, unknown>>> {
  const heard = await expect(peer, type);
  await peer.say({ type: "error", re: heard.id, code, message });
  return heard;
}
