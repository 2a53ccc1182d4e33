import assert from "node:assert/strict";
import { withServer } from "../kit/server.ts";

Deno.test("two people talk: the sender gets ok, the other the message, and history has both", () =>
  withServer(async (server) => {
    using ana = await server.register("ana");
    using ben = await server.register("ben");
    assert.equal((await ana.hear()).username, "ben");
    const ok = await ana.send("general", "hello ben");
    const heard = await ben.hear();
    assert.deepEqual(heard, {
      type: "message",
      room: "general",
      seq: ok.seq,
      from: "ana",
      time: ok.time,
      text: "hello ben",
    });
    const history = await ben.ask({ type: "history", room: "general", after: 2 });
    assert.deepEqual(history.messages.map((event: { text: string }) => event.text), ["hello ben"]);
    assert.deepEqual(ana.pending().filter((frame) => frame.type === "message"), []);
  }));

Deno.test("a message right before quit is acknowledged before the farewell", () =>
  withServer(async (server) => {
    using ana = await server.register("ana");
    await ana.write('{"type":"send","id":"s","room":"general","text":"bye all"}\n{"type":"quit","id":"q"}\n');
    assert.equal((await ana.hear()).re, "s");
    assert.equal((await ana.hear()).re, "q");
    await ana.ended();
  }));
