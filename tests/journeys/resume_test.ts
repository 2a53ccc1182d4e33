import assert from "node:assert/strict";
import type { LineClient } from "../kit/line_client.ts";
import { type TestServer, withServer } from "../kit/server.ts";

async function resume(server: TestServer, token: string): Promise<LineClient> {
  const client = await server.connect();
  const answer = await client.ask({ type: "resume", token });
  assert.equal(answer.type, "auth_success", JSON.stringify(answer));
  client.token = answer.token;
  return client;
}

Deno.test("a restart keeps history, logins, marks and nonces", () =>
  withServer(async (server) => {
    using before = await server.register("ana");
    const first = await before.send("general", "before the restart", "n1");
    await before.ask({ type: "read", room: "general", seq: 2 });
    await server.stop();
    assert.equal((await before.hear()).code, "shutting_down");
    await server.start();

    using ana = await server.connect();
    const welcome = await ana.ask({ type: "resume", token: before.token, cursors: { general: first.seq } });
    const [general] = welcome.rooms;
    assert.deepEqual([general.seq, general.read, general.state], [first.seq, 2, "current"]);
    const again = await ana.send("general", "before the restart", "n1");
    assert.deepEqual([again.seq, again.time], [first.seq, first.time]);
    const next = await ana.send("general", "after it");
    assert.equal(next.seq, first.seq + 1);
    const { messages } = await ana.ask({ type: "history", room: "general" });
    assert.deepEqual(messages.map(({ seq, text }: Record<string, unknown>) => [seq, text]), [
      [1, undefined],
      [2, "before the restart"],
      [3, "after it"],
    ]);
    using other = await server.connect();
    assert.equal((await other.login("ana")).user.role, "owner");
  }));

Deno.test("whoever resumes is told how far each room has come, and pages the gap", () =>
  withServer(async (server) => {
    using ana = await server.register("ana");
    using ben = await server.register("ben");
    await ana.ask({ type: "create", room: "ops" });
    await ben.ask({ type: "join", room: "ops" });
    ben.close();
    for (const text of ["one", "two", "three"]) await ana.send("general", text);
    using back = await server.connect();
    const cursors = { general: 2, ops: 7, elsewhere: 3 };
    const { rooms } = await back.ask({ type: "resume", token: ben.token, cursors });
    assert.deepEqual(rooms.map(({ room, seq, state }: Record<string, unknown>) => [room, seq, state]), [
      ["general", 5, "behind"],
      ["ops", 2, "reset"],
    ]);
    const { messages } = await back.ask({ type: "history", room: "general", after: 2 });
    assert.deepEqual(messages.map(({ text }: { text: string }) => text), ["one", "two", "three"]);
    // From the attach point on everything is pushed, and nothing that came before it.
    await ana.send("general", "four");
    assert.deepEqual((await back.hear()).text, "four");
    assert.deepEqual(back.pending().filter(({ type }) => type === "message"), []);
  }));

Deno.test("an old token that comes again ends the login and its live sessions, and no other", () =>
  withServer(async (server) => {
    using desk = await server.register("ana");
    using phone = await server.connect();
    await phone.login("ana");
    assert.equal((await desk.hear()).about, "new_login");
    using second = await resume(server, desk.token);
    using third = await resume(server, second.token);
    using thief = await server.connect();
    assert.equal((await thief.ask({ type: "resume", token: desk.token })).code, "token_invalid");
    for (const client of [desk, second, third]) {
      const bye = await client.hear();
      assert.deepEqual([bye.type, bye.code], ["bye", "revoked"]);
      await client.ended();
    }
    assert.equal((await phone.hear()).about, "token_reused");
    assert.equal((await phone.ask({ type: "ping" })).type, "pong");
    for (const token of [third.token, second.token]) {
      assert.equal((await thief.ask({ type: "resume", token })).code, "token_invalid");
    }
    using again = await resume(server, phone.token);
    assert.equal((await again.ask({ type: "ping" })).type, "pong");
  }));
