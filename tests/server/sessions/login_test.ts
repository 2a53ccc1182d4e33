import assert from "node:assert/strict";
import { bcrypt } from "hash-wasm";
import { importUsers } from "../../../server/mod.ts";
import { limits } from "../../../shared/protocol/mod.ts";
import { openStore } from "../../../server/store/mod.ts";
import { type Frame, LineClient, testPassword } from "../../kit/line_client.ts";
import { type TestServer, withServer, withServerAndClock } from "../../kit/server.ts";

const rates = { wishes: { "limits.rates": "on" } };

/** Asks for a session on a connection of its own, and returns the answer. */
async function login(
  server: TestServer,
  username: string,
  password: string,
  more: Frame = {},
): Promise<Frame> {
  using client = await server.connect();
  return await client.ask({ type: "login", username, password, ...more });
}

function hashOf(server: TestServer, name: string): string {
  const store = openStore(`${server.directory}/chat.db`);
  try {
    const { id } = store.people.accounts().find((account) => account.name === name) ?? assert.fail();
    return store.people.passwordOf(id) ?? "";
  } finally {
    store.close();
  }
}

/** A server whose account "ben" comes from elsewhere, with a short password that bcrypt has hashed. */
async function importBen(server: TestServer): Promise<void> {
  (await server.register("ana")).close();
  await server.stop();
  const salt = Uint8Array.from({ length: 16 }, (_, at) => at);
  const hash = await bcrypt({ password: "sesame", salt, costFactor: 5, outputType: "encoded" });
  importUsers({ directory: server.directory, text: `ben:${hash}` }, server.world);
  await server.start();
}

Deno.test("a wrong password, an unknown name and an imported account are refused in the same words", () =>
  withServer(async (server) => {
    await importBen(server);
    const answers = await Promise.all(
      ["ana", "ben", "nobody", "\u212aelvin", ""].map((name) => login(server, name, "not this one at all")),
    );
    for (const answer of answers) assert.deepEqual(answer, answers[0]);
    assert.equal(answers[0].code, "auth_failed");
  }));

Deno.test("an imported password is good however short, and becomes argon2id at the first login", () =>
  withServer(async (server) => {
    await importBen(server);
    assert.match(hashOf(server, "ben"), /^\$2a\$05\$/);
    assert.equal((await login(server, "ben", "sesame2")).code, "auth_failed");
    assert.match(hashOf(server, "ben"), /^\$2a\$05\$/);
    // Twice at once, as from two devices.
    const answers = await Promise.all([login(server, "Ben", "sesame"), login(server, "ben", "sesame")]);
    assert.deepEqual(answers.map(({ type }) => type), ["auth_success", "auth_success"]);
    assert.match(hashOf(server, "ben"), /^\$argon2id\$v=19\$m=19456,t=2,p=1\$AAECAwQFBgcICQoLDA0ODw\$/);
    assert.equal((await login(server, "ben", "sesame")).type, "auth_success");
    assert.equal((await login(server, "ben", "sesame2")).code, "auth_failed");
  }));

Deno.test("hashes follow the settings upwards, and never down", () =>
  withServer(async (server) => {
    (await server.register("ana")).close();
    assert.match(hashOf(server, "ana"), /t=2/);
    for (const [passes, wanted] of [["3", /t=3/], ["2", /t=3/]] as const) {
      await server.stop();
      await server.start({ "passwords.passes": passes });
      assert.equal((await login(server, "ana", testPassword)).type, "auth_success");
      assert.match(hashOf(server, "ana"), wanted);
    }
  }));

Deno.test("of many guesses at once five are looked at", () =>
  withServer(async (server) => {
    (await server.register("ana")).close();
    const guesses = await Promise.all(
      Array.from({ length: 8 }, () => login(server, "ana", "not this one at all")),
    );
    const codes = guesses.map(({ code }) => code);
    assert.equal(codes.filter((code) => code === "auth_failed").length, 5);
    assert.equal(codes.filter((code) => code === "rate_limited").length, 3);
  }, rates));

Deno.test("whoever has guessed is held off after a restart too, and a device that is known comes in", () =>
  withServerAndClock(async (server, clock) => {
    using ana = await server.connect();
    const { deviceProof } = await ana.register("ana");
    assert.match(deviceProof, /^[\w-]{43}\.[\w-]{43}$/);
    for (let failures = 0; failures < 7; failures++) {
      assert.equal((await login(server, "ana", "not this one at all")).code, "auth_failed");
      clock.advance(60_000);
    }
    await login(server, "ana", "not this one at all");
    await server.stop();
    await server.start();
    const refused = await login(server, "ana", testPassword);
    assert.deepEqual([refused.code, refused.retryAfterMs > 0], ["rate_limited", true]);
    const known = await login(server, "ana", testPassword, { deviceProof });
    assert.equal(known.type, "auth_success");
    assert.notEqual(known.deviceProof, deviceProof);
    // Its success has not let strangers guess anew.
    assert.equal((await login(server, "ana", "not this one at all")).code, "rate_limited");
  }, rates.wishes));

Deno.test("guesses at invites count for their address", () =>
  withServer(async (server) => {
    (await server.register("ana")).close();
    using stranger = await server.connect();
    const codes: string[] = [];
    for (let at = 0; at < 10; at++) {
      const request = { type: "register", username: "eve", password: testPassword, invite: `guess${at}` };
      codes.push((await stranger.ask(request)).code);
    }
    assert.deepEqual(new Set(codes), new Set(["invite_invalid"]));
    const more = await Promise.all([1, 2, 3].map(async (part) => {
      using client = await server.connect();
      const found: string[] = [];
      for (let at = 0; at < 7; at++) {
        const request = {
          type: "register",
          username: "eve",
          password: testPassword,
          invite: `${part} ${at}`,
        };
        found.push((await client.ask(request)).code);
      }
      return found;
    }));
    const limited = more.flat().filter((code) => code === "rate_limited").length;
    assert.ok(limited >= 1, String(more));
    // A name that is free, and no invite: but the address has made too much work.
    using ben = await server.connect();
    const refused = await ben.ask({ type: "register", username: "ben", password: testPassword });
    assert.equal(refused.code, "rate_limited");
  }, rates));

Deno.test("weak passwords, taken names and the reset of one count for their address too", () =>
  withServer(async (server) => {
    using ana = await server.connect();
    await ana.register("ana");
    const { secret } = await ana.ask({ type: "issue_reset", username: "ana" }).then(async ({ code }) => {
      assert.equal(code, "forbidden");
      (await server.register("ben")).close();
      return await ana.ask({ type: "issue_reset", username: "ben" });
    });
    const weak = "1991".repeat(8);
    const requests = [
      { type: "register", username: "eve", password: weak },
      { type: "register", username: "ana", password: testPassword },
      { type: "redeem_reset", secret, password: weak },
    ];
    const codes: string[] = [];
    for (let round = 0; round < 4; round++) {
      using stranger = await server.connect();
      for (let at = 0; at < 9; at++) codes.push((await stranger.ask({ ...requests[at % 3] })).code);
    }
    assert.deepEqual(new Set(codes.slice(0, 30)), new Set(["weak_password", "username_exists"]));
    assert.deepEqual(new Set(codes.slice(31)), new Set(["rate_limited"]));
  }, rates));

Deno.test("one account may be connected 32 times, and the token of one more is as good as before", () =>
  withServer(async (server) => {
    using ana = await server.connect();
    let { token } = await ana.register("ana");
    const sessions: LineClient[] = [];
    for (let count = 1; count < limits.sessionsPerAccount; count++) {
      const session = await server.connect();
      ({ token } = await session.ask({ type: "resume", token }));
      sessions.push(session);
    }
    using further = await server.connect();
    const resumed = await further.ask({ type: "resume", token });
    assert.deepEqual([resumed.code, resumed.retryAfterMs], ["busy", 10_000]);
    const loggedIn = await further.ask({ type: "login", username: "ana", password: testPassword });
    assert.equal(loggedIn.code, "busy");
    for (const session of sessions) session.close();
    // The server hears of it in a moment.
    for (let tries = 0, type = ""; type !== "auth_success"; tries++) {
      assert.ok(tries < 100);
      using again = await server.connect();
      ({ type } = await again.ask({ type: "resume", token }));
    }
  }, rates));

Deno.test("a crowd behind one address comes back at once, and nobody is displaced", () =>
  withServer(async (server) => {
    const tokens: string[] = [];
    for (let at = 0; at < 3; at++) {
      using client = await server.connect();
      tokens.push((await client.register(`person${at}`)).token);
    }
    const pem = server.authorityPem;
    const answers = await Promise.all(Array.from({ length: 90 }, async (_, at) => {
      const client = await LineClient.open(server.port, pem);
      const answer = await client.ask({ type: "resume", token: tokens[at % 3] });
      return { client, code: answer.code ?? answer.type };
    }));
    // A token that is used again after its successor's making is as good; this is about connections.
    for (const { client, code } of answers) {
      assert.equal(code, "auth_success");
      client.close();
    }
  }, rates));
