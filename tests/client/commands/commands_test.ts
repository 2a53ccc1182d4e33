import assert from "node:assert/strict";
import { understand } from "../../../client/commands/understand.ts";
import { commandNames, commands } from "../../../client/commands/table.ts";
import type { Outcome } from "../../../client/commands/command.ts";
import { type Connection } from "../../../client/connection/mod.ts";
import { knock } from "../../../client/entrance/mod.ts";
import { openTokens } from "../../../client/tokens/mod.ts";
import { trustServer } from "../../../client/trust/mod.ts";
import { Refusal } from "../../../shared/protocol/mod.ts";
import { testPassword } from "../../kit/line_client.ts";
import { type TestServer, withServer } from "../../kit/server.ts";
import { testWorld } from "../../kit/world.ts";

Deno.test("no two commands answer to one name", () => {
  assert.equal(new Set(commandNames()).size, commandNames().length);
  assert.deepEqual(commands.map(({ name }) => name).slice(0, 3), ["help", "reply", "quote"]);
});

Deno.test("every command does what it says", () =>
  withConnection(async (run) => {
    assert.equal((await run("/help")).kind, "help");
    assert.deepEqual(await run("/create #Ops On call"), { kind: "turned", room: "ops" });
    assert.deepEqual(await run("/room ops"), { kind: "turned", room: "ops" });
    const rooms = await run("/rooms");
    assert.ok(rooms.kind === "rooms");
    assert.deepEqual(rooms.rooms.map(({ room, topic }) => [room, topic]), [["general", undefined], [
      "ops",
      "On call",
    ]]);
    const members = await run("/who ops");
    assert.ok(members.kind === "members");
    assert.deepEqual(members.users, [
      { username: "ana", status: "online", standing: "moderator", role: "owner" },
    ]);
    const history = await run("/history 1");
    assert.ok(history.kind === "history");
    assert.deepEqual(history.events.map(({ type }) => type), ["joined"]);
    const invite = await run("/invite 3");
    assert.ok(invite.kind === "invite");
    assert.equal(invite.invite.uses, 3);
    assert.deepEqual(await run("/leave ops"), { kind: "left", room: "ops" });
    assert.deepEqual(await run("/join ops"), { kind: "turned", room: "ops" });
    assert.deepEqual(await run("/quit"), { kind: "quit" });
  }));

Deno.test("a command that lacks its word, or has a wrong one, says how it is written", () =>
  withConnection(async (run) => {
    for (
      const line of [
        "/join",
        "/join a/b",
        "/leave a/b",
        "/expire",
        "/who a/b",
        "/history x",
        "/history 0",
        "/create",
        "/invite x",
      ]
    ) {
      const outcome = await run(line);
      const [name] = line.split(" ");
      assert.ok(outcome.kind === "mistake" && outcome.text.includes(`It is written ${name} `), line);
    }
    assert.deepEqual(await run("/room ops"), {
      kind: "mistake",
      text: "You are not in #ops. Type /join ops to become a member",
    });
  }));

Deno.test("what the server refuses is thrown as it came", () =>
  withConnection(async (run) => {
    await assert.rejects(run("/join nowhere"), (refusal) =>
      refusal instanceof Refusal && refusal.code === "no_such_room");
  }));

type Run = (line: string) => Promise<Outcome>;

function withConnection(use: (run: Run) => Promise<void>): Promise<void> {
  return withServer(async (server) => {
    const connection = await register(server, "ana");
    try {
      await use(async (line) => {
        const intent = understand(line);
        assert.ok(intent.kind === "run", line);
        return await intent.command.run(
          { connection, room: "general", show: () => assert.fail("nothing to show before the end") },
          intent.words,
          intent.rest,
        );
      });
    } finally {
      await connection.close();
    }
  });
}

async function register(server: TestServer, name: string): Promise<Connection> {
  const world = testWorld();
  const address = { host: "127.0.0.1", port: server.port };
  const trusted = await trustServer({ world, address, data: server.data });
  const { data } = server;
  const door = await knock({ world, server: trusted, tokens: openTokens(data, world.clock), data });
  return await door.register(name, testPassword);
}
