import assert from "node:assert/strict";
import { type Connection } from "../../client/connection/mod.ts";
import { knock } from "../../client/entrance/mod.ts";
import { CannotSignIn, signIn, type SignInOptions } from "../../client/sign_in.ts";
import { openTokens } from "../../client/tokens/mod.ts";
import { trustServer } from "../../client/trust/mod.ts";
import { Refusal } from "../../shared/protocol/mod.ts";
import { testPassword } from "../kit/line_client.ts";
import { scriptedPerson } from "../kit/scripted_person.ts";
import { type TestServer, withServer } from "../kit/server.ts";
import { testWorld } from "../kit/world.ts";

type Wishes = Partial<Omit<SignInOptions, "door" | "savedNames" | "person" | "clock">>;

Deno.test("who is new chooses a name and a password, is told the rules, and corrected", () =>
  withServer(async (server) => {
    using _ben = await server.register("ben");
    const answers = ["y", "_x", "", testPassword, "ana"];
    const seen = await signInAs(server, answers, { systemUser: "ben" });
    assert.equal(seen.me, "ana");
    assert.deepEqual(seen.script, [
      "? New here? Yes makes an account, no logs you in [Y/n]:",
      "? Your name [ben]:",
      "! A name has 2 to 32 characters of a-z, 0-9, dot, underscore and hyphen, and starts with a letter or digit.",
      "? Your name [ben]:",
      "! A password has 15 characters or more. What you type stays hidden.",
      "* Password:",
      `! The name "ben" is taken. Please choose another one.`,
      "? Your name:",
    ]);
  }));

Deno.test("a weak password is explained and asked for again, and the name is kept", () =>
  withServer(async (server) => {
    const seen = await signInAs(server, ["", "ana", "short", "aaaaaaaaaaaaaaaaaa", testPassword]);
    assert.equal(seen.me, "ana");
    assert.equal(seen.script.filter((line) => line.startsWith("? Your name")).length, 1);
    assert.match(
      seen.script.join("\n"),
      /! That has 5 characters: it takes 15 or more\..*\n.*\n! .*\. Please choose another one\./,
    );
  }));

Deno.test("after a wrong password name and password are asked for again", () =>
  withServer(async (server) => {
    using _ana = await server.register("ana");
    const seen = await signInAs(server, ["no", "ana", "wrong", "", testPassword]);
    assert.equal(seen.me, "ana");
    assert.deepEqual(seen.script.slice(1), [
      "? Your name:",
      "* Password:",
      "! Name and password do not fit together. Please try again.",
      "? Your name [ana]:",
      "* Password:",
    ]);
  }));

Deno.test("whose password is asked for is said where the name was given beforehand", () =>
  withServer(async (server) => {
    using _ana = await server.register("ana");
    const seen = await signInAs(server, ["no", testPassword], { user: "Ana" });
    assert.deepEqual(seen.script.slice(1), ["* Password for ana:"]);
  }));

Deno.test("a saved login asks nothing", () =>
  withServer(async (server) => {
    await signInAs(server, ["yes", "ana", testPassword]);
    assert.deepEqual((await signInAs(server, [])).script, []);
  }));

Deno.test("an invite is not asked about, and one that is used up leads whoever has an account to the login", () =>
  withServer(async (server) => {
    using owner = await server.register("owner");
    const { secret } = await owner.ask({ type: "invite" });
    const seen = await signInAs(server, ["ana", testPassword], { invite: secret });
    assert.deepEqual(seen.script, [
      "? Your name:",
      "! A password has 15 characters or more. What you type stays hidden.",
      "* Password:",
    ]);
    await Deno.remove(`${server.data}/client`, { recursive: true });
    const again = await signInAs(server, ["ana", testPassword, "y", "", testPassword], { invite: secret });
    assert.equal(again.me, "ana");
    assert.match(
      again.script.join("\n"),
      /! This invite is used up, expired or unknown\.\n\? Do you have an account/,
    );
  }));

Deno.test("where nobody can be asked, what is missing is said", () =>
  withServer(async (server) => {
    await assert.rejects(signInAs(server, undefined, { user: "ana" }), CannotSignIn);
    await assert.rejects(
      signInAs(server, undefined, { user: "ana", password: testPassword }),
      (refusal) => refusal instanceof Refusal && refusal.code === "auth_failed",
    );
  }));

interface Seen {
  readonly me: string;
  /** Questions begin with `?`, hidden ones with `*`, what is told with `!`. */
  readonly script: readonly string[];
}

/** Signs in as somebody who gives these answers, or with nobody there. Answers that are left over are an error. */
async function signInAs(
  server: TestServer,
  answers: readonly string[] | undefined,
  wishes: Wishes = {},
): Promise<Seen> {
  const world = testWorld();
  const address = { host: "127.0.0.1", port: server.port };
  const trusted = await trustServer({ world, address, data: server.data });
  const tokens = openTokens(server.data, world.clock);
  const door = await knock({ world, server: trusted, tokens, data: server.data });
  const script: string[] = [];
  const left = [...answers ?? []];
  let connection: Connection | undefined;
  try {
    connection = await signIn({
      ...wishes,
      door,
      clock: world.clock,
      savedNames: tokens.usernames(trusted.pin),
      person: answers && scriptedPerson(left, script),
    });
    assert.deepEqual(left, []);
    return { me: connection.model().me.username, script };
  } finally {
    await connection?.close();
    door.close();
  }
}
