import assert from "node:assert/strict";
import { join } from "node:path";
import { ConnectProcess, outboxHolds } from "../kit/connect_process.ts";
import { withDirectory } from "../kit/directory.ts";
import { testProgram } from "../kit/program.ts";
import { general, welcome } from "../kit/script.ts";
import { hello, type Peer, type ScriptedServer, scriptedServer } from "../kit/scripted_server.ts";
import { withServer } from "../kit/server.ts";

testProgram(
  "what was said while the server was away arrives once and in order, though the client was killed",
  (program) =>
    withServer(async (server) => {
      const { data } = server;
      const ben = await server.register("ben");
      await server.register("ana");
      const killed = new ConnectProcess(program, { port: server.port, data, user: "ana" });
      await killed.enter("hello");
      assert.equal((await ben.hearWhere((frame) => frame.type === "message")).text, "hello");
      await outboxHolds(data, 0);
      await server.stop();
      await killed.enter("one", "two", "three", "four", "five");
      await outboxHolds(data, 5);
      await killed.kill();

      await server.start();
      const next = new ConnectProcess(program, { port: server.port, data, user: "ana" });
      await next.enter("six");
      const { code, output, errors } = await next.finish();
      assert.equal(code, 0, errors);
      assert.equal(
        errors,
        "  5 messages from last time are being sent.\n  Sent what was left from last time.\n",
      );
      const expected = ["one", "two", "three", "four", "five", "six"];
      assert.deepEqual(output.split("\n").flatMap((line) => /<ana> (.*)/.exec(line)?.[1] ?? []), expected);
      using again = await server.connect();
      await again.login("ben");
      const { messages } = await again.ask({ type: "history", room: "general" });
      const texts = messages.flatMap((event: { text?: string }) => event.text ?? []);
      assert.deepEqual(texts, ["hello", ...expected]);
      assert.deepEqual([...Deno.readDirSync(join(data, "client", "outbox"))], []);
    }),
);

testProgram(
  "what was sent and not acknowledged when the client was killed is sent again with its nonce, before the rest",
  (program) =>
    withDirectory(async (data) => {
      await using server = await scriptedServer({ directory: join(data, "server") });
      const where = { port: server.address.port, data, user: "ana" };
      const killed = new ConnectProcess(program, where);
      const peer = await admit(server, "login");
      await killed.enter("one", "two", "three");
      const lost = await next(peer, "send");
      assert.equal(lost.text, "one");
      await outboxHolds(data, 3);
      await killed.kill();

      const again = new ConnectProcess(program, where);
      const over = again.finish();
      const welcoming = await admit(server, "resume");
      const sent = [];
      for (let seq = 1; seq <= 3; seq++) {
        const { id, text, nonce } = await next(welcoming, "send");
        sent.push(text);
        assert.equal(nonce === lost.nonce, seq === 1);
        await welcoming.say({ type: "ok", re: id, room: "general", seq, time: seq });
      }
      await welcoming.say({ type: "ok", re: (await next(welcoming, "quit")).id });
      assert.deepEqual(sent, ["one", "two", "three"]);
      const { code, errors } = await over;
      assert.equal(code, 0, errors);
      assert.match(errors, /3 messages from last time are being sent/);
    }),
);

testProgram(
  "what is refused from last time is told with its words",
  (program) =>
    withServer(async (server) => {
      const { data } = server;
      using ana = await server.register("ana");
      await ana.ask({ type: "create", room: "ops" });
      const killed = new ConnectProcess(program, { port: server.port, data, user: "ana" });
      await killed.enter("/room ops", "hello");
      await ana.hearWhere((frame) => frame.type === "message");
      await outboxHolds(data, 0);
      await server.stop();
      await killed.enter("words that count");
      await outboxHolds(data, 1);
      await killed.kill();
      await server.start();
      using later = await server.connect();
      await later.login("ana");
      await later.ask({ type: "leave", room: "ops" });

      const next = new ConnectProcess(program, { port: server.port, data, user: "ana" });
      const { code, errors } = await next.finish();
      assert.equal(code, 1);
      assert.match(errors, /Not sent from last time: .*ops.* Your words:\n {2}#ops {2}words that count\n/);
      assert.match(errors, /Sent 0 of 1 message from last time/);
      assert.deepEqual([...Deno.readDirSync(join(data, "client", "outbox"))], []);
    }),
);

/** The client connects twice: to see whether it is the right server, and to stay. */
async function admit(server: ScriptedServer, type: "login" | "resume"): Promise<Peer> {
  const first = await server.accept();
  await first.say(hello);
  const peer = await server.accept();
  await peer.say(hello);
  await welcome(peer, type, [general(0)]);
  return peer;
}

/** The next request of this type. Others on the way are told that there is nothing to tell. */
async function next(
  peer: Peer,
  type: string,
): Promise<{ readonly id: string } & Readonly<Record<string, unknown>>> {
  for (;;) {
    const heard = await peer.hear();
    assert.ok(heard !== undefined, `the client ended before it said ${type}`);
    if (heard.type === type) return heard;
    assert.equal(heard.type, "history");
    await peer.say({ type: "history", re: heard.id, room: "general", messages: [], more: false });
  }
}
