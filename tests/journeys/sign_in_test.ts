import assert from "node:assert/strict";
import { limits } from "../../shared/protocol/mod.ts";
import { testPassword } from "../kit/line_client.ts";
import { withServer } from "../kit/server.ts";

Deno.test("people sign up, log in and are told what is wrong", async (t) => {
  await withServer(async (server) => {
    using ana = await server.register("ana");

    await t.step("a wrong password may be followed by the right one on the same connection", async () => {
      using client = await server.connect();
      const wrong = await client.ask({ type: "login", username: "ana", password: "another password" });
      assert.deepEqual([wrong.type, wrong.code], ["error", "auth_failed"]);
      assert.equal((await client.login("ana")).user.username, "ana");
    });

    await t.step("an unknown name and a wrong password are answered alike", async () => {
      using client = await server.connect();
      const attempts = [
        ["ana", "wrong wrong wrong"],
        ["nobody", testPassword],
        ["ana", ""],
        ["ana", "short"],
        ["no name!", "x"],
      ];
      const answers = [];
      for (const [username, password] of attempts) {
        const { re: _, ...answer } = await client.ask({ type: "login", username, password });
        answers.push(answer);
      }
      for (const answer of answers) assert.deepEqual(answer, answers[0]);
      assert.equal(answers[0]?.code, "auth_failed");
      assert.ok(!server.world.lines.some((line) => line.includes("request_failed")));
    });

    await t.step(
      "a name is the same in capitals, and another one with a letter that only folds into it",
      async () => {
        using kelvin = await server.register("Kelvin");
        using client = await server.connect();
        const other = await client.ask({ type: "login", username: "\u212aelvin", password: testPassword });
        assert.equal(other.code, "auth_failed");
        assert.equal(
          (await client.ask({ type: "login", username: "KELVIN", password: testPassword })).user.username,
          "kelvin",
        );
        assert.deepEqual(kelvin.pending().map(({ type, about }) => [type, about]), [["alert", "new_login"]]);
      },
    );

    await t.step(
      "a name that is taken, a bad name and a weak password are refused, each for its reason",
      async () => {
        using client = await server.connect();
        const register = async (username: string, password: string) =>
          (await client.ask({ type: "register", username, password })).code;
        assert.equal(await register("Ana", testPassword), "username_exists");
        for (const name of ["a", "a b", "-ab", "ab\n", "x".repeat(33), ""]) {
          assert.equal(await register(name, testPassword), "username_invalid", name);
        }
        assert.equal(await register("carl", "fourteen chars"), "weak_password");
        assert.equal(await register("carl", "carl"), "weak_password");
      },
    );

    await t.step(
      "without a session there is nothing to be had, and with one there is no second login",
      async () => {
        using stranger = await server.connect();
        assert.equal(
          (await stranger.ask({ type: "send", room: "general", text: "hi" })).code,
          "not_authenticated",
        );
        assert.equal((await stranger.ask({ type: "authority" })).pem, server.authorityPem);
        for (const type of ["login", "register"]) {
          const again = await ana.ask({ type, username: "ana", password: testPassword });
          assert.equal(again.code, "already_authenticated");
        }
        assert.equal((await ana.ask({ type: "resume", token: "x" })).code, "already_authenticated");
      },
    );

    await t.step("the very first line after a login may be as long as a session's may be", async () => {
      using client = await server.connect();
      await client.login("ana");
      const ok = await client.send("general", "😀".repeat(8_000));
      assert.equal(ok.type, "ok");
    });

    await t.step("what is sent right behind a login is meant for the session that it opens", async () => {
      using client = await server.connect();
      const text = "x".repeat(7_000);
      await client.write(
        JSON.stringify({ type: "login", id: "l", username: "ana", password: testPassword }) + "\n" +
          JSON.stringify({ type: "send", id: "s", room: "general", text, x: text }) + "\n",
      );
      assert.equal((await client.hear()).type, "auth_success");
      assert.deepEqual((await client.hear()).re, "s");
    });

    await t.step("a stranger's line has 8 KiB", async () => {
      for (
        const [bytes, type] of [[limits.strangerLineBytes, "pong"], [
          limits.strangerLineBytes + 1,
          "error",
        ]] as const
      ) {
        using client = await server.connect();
        const line = '{"type":"ping","id":"1","x":""}';
        await client.write(line.replace('""', `"${"x".repeat(bytes - line.length)}"`) + "\n");
        const answer = await client.hear();
        assert.equal(answer.type, type);
        if (type === "pong") continue;
        assert.deepEqual([answer.code, answer.re], ["line_too_long", undefined]);
        await client.ended();
      }
    });

    await t.step("after eleven failures the connection is closed", async () => {
      using client = await server.connect();
      for (let tries = 0; tries < 10; tries++) {
        assert.equal((await client.ask({ type: "resume", token: "x" })).code, "token_invalid");
      }
      const last = await client.ask({ type: "login", username: "ana", password: "wrong wrong wrong" });
      assert.equal(last.code, "auth_failed");
      await client.ended();
    });

    await t.step("no password, token or text has reached the log", () => {
      const log = server.world.lines.join("");
      for (const word of [testPassword, "wrong wrong", ana.token, ...ana.token.split(".")]) {
        assert.ok(!log.includes(word));
      }
    });
  });
});

Deno.test("a server that is closed tells strangers so, before it looks at names", () =>
  withServer(async (server) => {
    using ana = await server.connect();
    await ana.register("ana", server.ownerInvite());
    using stranger = await server.connect();
    const refused = await stranger.ask({ type: "register", username: "ana", password: testPassword });
    assert.equal(refused.code, "registration_closed");
  }, { wishes: { "server.registration": "closed" } }));
