import assert from "node:assert/strict";
import { withServer } from "../kit/server.ts";

Deno.test("people make rooms, join, talk and leave", async (t) => {
  await withServer(async (server) => {
    using ana = await server.register("ana");
    using ben = await server.register("ben");
    await ana.hear();

    await t.step("joining twice is fine", async () => {
      const made = await ana.ask({ type: "create", room: "ops", topic: "Night" });
      assert.deepEqual([made.type, made.seq], ["ok", 1]);
      assert.equal((await ben.ask({ type: "join", room: "ops" })).seq, 2);
      assert.equal((await ben.ask({ type: "join", room: "OPS" })).seq, 2);
      assert.deepEqual((await ana.hear()).username, "ben");
    });

    await t.step("a private room and an unknown one are the same to outsiders", async () => {
      await ana.ask({ type: "create", room: "secret", access: "private" });
      for (const room of ["secret", "unknown"]) {
        assert.equal((await ben.ask({ type: "join", room })).code, "no_such_room");
        for (const type of ["leave", "who", "history", "read", "send"]) {
          const answer = await ben.ask({ type, room, text: "x", seq: 1 });
          assert.deepEqual([answer.code, answer.message], [
            "not_a_member",
            `You are not in a room named "${room}"`,
          ]);
        }
      }
    });

    await t.step("other sessions of the sender hear what was sent", async () => {
      using phone = await server.connect();
      await phone.login("ana");
      assert.equal((await ana.hear()).about, "new_login");
      const { seq } = await ana.send("ops", "from the desk");
      const heard = await phone.hear();
      assert.deepEqual([heard.type, heard.from, heard.seq], ["message", "ana", seq]);
      assert.equal((await ben.hear()).seq, seq);
      const answer = await phone.send("ops", "from the phone");
      assert.equal((await ana.hear()).seq, answer.seq);
      assert.equal((await ben.hear()).seq, answer.seq);
      assert.equal((await phone.ask({ type: "quit" })).type, "ok");
      await phone.ended();
      assert.deepEqual(phone.pending().filter(({ type }) => type === "bye"), []);
    });

    await t.step("whoever vanishes is offline once, after the last of their sessions", async () => {
      const [desk, phone] = [await server.register("cleo"), await server.connect()];
      await phone.login("cleo");
      assert.equal((await ana.hearPresence("cleo")).status, "online");
      desk.close();
      await phone.send("general", "still here");
      await ana.hearWhere(({ text }) => text === "still here");
      phone.close();
      assert.equal((await ana.hearPresence("cleo")).status, "offline");
      const { users } = await ana.ask({ type: "who", room: "general" });
      assert.deepEqual(
        users.find(({ username }: { username: string }) => username === "cleo")?.status,
        "offline",
      );
      assert.deepEqual(
        ana.pending().filter(({ type, username }) => type === "presence" && username === "cleo"),
        [],
      );
    });
  });
});
