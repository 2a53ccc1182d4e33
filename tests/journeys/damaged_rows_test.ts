import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { testPassword } from "../kit/line_client.ts";
import { withServer } from "../kit/server.ts";

Deno.test("a message that was changed on the disk is told as damaged in its place, and a password that was opens nothing", () =>
  withServer(async (server) => {
    using ana = await server.register("ana");
    await ana.ask({ type: "create", room: "ops" });
    for (const room of ["general", "ops"]) {
      for (const text of ["one", "two", "three"]) await ana.send(room, text);
    }
    const bo = await server.register("bo");
    bo.conn.close();
    await server.stop();
    const database = new DatabaseSync(`${server.directory}/chat.db`);
    database.exec(`
      UPDATE event SET text = (SELECT text FROM event AS other WHERE other.room_id = event.room_id AND other.seq = 3)
        WHERE seq = 2 AND room_id = (SELECT id FROM room WHERE name = 'ops');
      UPDATE credential SET password = (SELECT password FROM credential AS other WHERE other.account_id = 1)
        WHERE account_id = 2;
    `);
    database.close();
    await server.start();
    using back = await server.connect();
    await back.login("ana");
    const page = (room: string, after: number) => back.ask({ type: "history", room, after, limit: 50 });
    assert.deepEqual((await page("ops", 0)).messages.map(({ text }: { text?: string }) => text), [
      undefined,
      "(This was damaged on the server's disk and cannot be read)",
      "two",
      "three",
    ]);
    assert.equal((await page("general", 0)).type, "history");
    assert.ok(await back.send("ops", "four"));
    const damaged = { room: "ops", seq: 2 };
    assert.equal((await back.ask({ type: "react", ...damaged, emoji: "👀" })).type, "ok");
    assert.equal((await back.ask({ type: "edit", ...damaged, text: "one again" })).type, "ok");
    const { revisions } = await back.ask({ type: "revisions", ...damaged });
    assert.deepEqual(revisions.map(({ text }: { text: string }) => text), [
      "(This was damaged on the server's disk and cannot be read)",
      "one again",
    ]);
    assert.equal((await back.ask({ type: "delete", ...damaged })).type, "ok");
    using stranger = await server.connect();
    const login = await stranger.ask({ type: "login", username: "bo", password: testPassword });
    assert.equal(login.code, "auth_failed", "by another account's password nobody gets in");
    const told = server.world.lines.filter((line) => /secret_damaged|message_damaged/.test(line)).join();
    assert.match(told, /message_damaged.*ops.*secret_damaged.*credential\.password of account 2/s);
    assert.ok(server.world.lines.every((line) => !/request_failed/.test(line)));
  }));
