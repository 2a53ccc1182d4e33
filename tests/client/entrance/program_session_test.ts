import assert from "node:assert/strict";
import { ConnectionLost } from "../../../client/connection/mod.ts";
import { NoConnection } from "../../../client/trust/mod.ts";
import { Refusal } from "../../../shared/protocol/mod.ts";
import { registered } from "../../kit/client.ts";
import { programSession } from "../../kit/program_session.ts";
import { type TestServer, withServer } from "../../kit/server.ts";

const ana = { username: "ana" };

function withAna(use: (server: TestServer) => Promise<void>): Promise<void> {
  return withServer(async (server) => {
    await (await registered(server, "ana")).close();
    await use(server);
  });
}

Deno.test("a program comes in by the saved login, and so does everybody else beside it and after it", () =>
  withAna(async (server) => {
    const sessions = await Promise.all(Array.from({ length: 6 }, () => programSession(server, ana)));
    for (const session of sessions) {
      assert.equal((await session.request<"rooms">({ type: "rooms" })).rooms.length, 1);
    }
    await Promise.all(sessions.map((session) => session.close()));
    const last = await programSession(server, ana);
    assert.equal(last.welcome.user.username, "ana");
    await last.close();
  }));

Deno.test("sessions of one login that are all lost at once come in again, each by the token of the one before", () =>
  withAna(async (server) => {
    const sessions = await Promise.all(Array.from({ length: 4 }, () => programSession(server, ana)));
    await server.stop();
    await Promise.all(sessions.map(({ lost }) => lost));
    await server.start();
    const answers = await Promise.all(sessions.map((session) => session.insist<"rooms">({ type: "rooms" })));
    assert.equal(answers.length, 4);
    await Promise.all(sessions.map((session) => session.close()));
    assert.ok(!server.world.lines.some((line) => /token_reused|token_in_parallel/.test(line)));
  }));

Deno.test("what is asked with patience is asked until there is an answer, and a message is there once", () =>
  withAna(async (server) => {
    const session = await programSession(server, ana);
    await server.stop();
    const ask = { type: "send", room: "general", text: "once", nonce: "n" } as const;
    await assert.rejects(programSession(server, ana), NoConnection);
    const sending = session.insist<"send">(ask);
    await server.start();
    const { seq } = await sending;
    assert.equal((await session.insist<"send">(ask)).seq, seq);
    await session.close();
    await assert.rejects(session.request<"rooms">({ type: "rooms" }), ConnectionLost);
  }));

Deno.test("patience has an end", () =>
  withAna(async (server) => {
    const session = await programSession(server, ana, { patienceMs: 1 });
    await server.stop();
    await session.lost;
    await assert.rejects(session.insist<"rooms">({ type: "rooms" }), NoConnection);
    await session.close();
    await server.start();
  }));

Deno.test("a refusal that waiting does not heal is told at once", () =>
  withAna(async (server) => {
    const session = await programSession(server, ana);
    const ask = { type: "send", room: "nowhere", text: "x", nonce: "n" } as const;
    await assert.rejects(
      session.insist<"send">(ask),
      (cause) => cause instanceof Refusal && cause.code === "not_a_member",
    );
    await session.close();
    await assert.rejects(
      programSession(server, { username: "ben" }),
      (cause) => cause instanceof Refusal && cause.code === "token_invalid",
    );
  }));
