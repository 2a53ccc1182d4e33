import assert from "node:assert/strict";
import { ProgramSession } from "../../../client/entrance/mod.ts";
import { tail, type TailOptions, unread } from "../../../client/programs/mod.ts";
import { openTokens } from "../../../client/tokens/mod.ts";
import { parseBotLink } from "../../../shared/identity/mod.ts";
import { registered, trustedScript } from "../../kit/client.ts";
import { withDirectory } from "../../kit/directory.ts";
import { expect, general, push, tellHistory } from "../../kit/script.ts";
import { hello, scriptedServer } from "../../kit/scripted_server.ts";
import { programSession } from "../../kit/program_session.ts";
import { type TestServer, withServer } from "../../kit/server.ts";
import { TestSink } from "../../kit/sink.ts";
import { testWorld } from "../../kit/world.ts";

Deno.test("events are written down in their order, each once, from where it is wished", () =>
  withTail({ from: { last: 2 } }, async ({ server, written }) => {
    using ben = await server.register("ben");
    await ben.send("general", "hello");
    const { seq } = await ben.send("general", "hullo");
    await ben.ask({ type: "edit", room: "general", seq, text: "hello again" });
    assert.deepEqual(await written(6), [
      [2, "message", "one"],
      [3, "message", "two"],
      [4, "joined", undefined],
      [5, "message", "hello"],
      [6, "message", "hullo"],
      [7, "edited", "hello again"],
    ]);
  }));

Deno.test("people read what was said, safe to print", () =>
  withTail({ from: { last: 1 }, json: false }, async ({ server, sink, written }) => {
    using ben = await server.register("ben");
    await ben.send("general", "a line\nand \u202ea turned one");
    await written(4, () => sink.writes.join("").split("\n").length);
    const lines = sink.writes.join("").replace(/^\S+Z/gm, "TIME").split("\n");
    assert.deepEqual(lines, [
      "TIME [general] <ana> two",
      "TIME [general] <ben> a line",
      "    and <U+202E>a turned one",
      "",
    ]);
  }));

Deno.test("a reader that is slow is waited for, and gets everything", () =>
  withTail({ from: { last: 0 } }, async ({ server, sink, written }) => {
    using ben = await server.register("ben");
    sink.stalled = true;
    const text = "x".repeat(8_000);
    for (let at = 0; at < 300; at++) await ben.send("general", text);
    const { seq } = await ben.send("general", "last");
    assert.ok(sink.writes.join("").length < 2 * 1024 * 1024);
    sink.release();
    const seqs = (await written(seq - 3)).map(([each]) => each);
    assert.deepEqual(seqs, Array.from({ length: seq - 3 }, (_, at) => at + 4));
  }));

Deno.test("where all rooms are followed, so are those that one comes into, and those that one leaves are not", () =>
  withTail({ from: { last: 0 }, rooms: [] }, async ({ server, written, ended }) => {
    using ana = await server.connect();
    await ana.login("ana");
    await ana.ask({ type: "create", room: "ops" });
    await ana.send("ops", "in here");
    await ana.ask({ type: "leave", room: "general" });
    assert.deepEqual(
      new Set((await written(3)).map(([, type, text]) => `${type} ${text}`)),
      new Set([
        "joined undefined",
        "message in here",
        "left undefined",
      ]),
    );
    await ana.ask({ type: "leave", room: "ops" });
    assert.equal(await ended(), 1);
  }));

Deno.test("what is pushed just before the page that lacks it is not lost", () =>
  withDirectory(async (directory) => {
    await using server = await scriptedServer({ directory });
    const opening = ProgramSession.open({
      world: testWorld(),
      server: trustedScript(server),
      tokens: openTokens(directory, testWorld().clock),
      by: { botToken: "t" },
      patienceMs: 1_000,
    });
    const peer = await server.accept();
    await peer.say(hello);
    const { id } = await expect(peer, "bot_login");
    const user = { username: "deploy", role: "guest", scopes: ["read"] } as const;
    await peer.say({ type: "auth_success", re: id, user, token: "t", rooms: [general(1)] });
    const sink = new TestSink(), asked = Promise.withResolvers<void>();
    const usual = { rooms: ["general"], json: true, follows: true, asked: asked.promise, output: sink };
    const ended = tail(await opening, { ...usual, from: { last: 1 } });
    const page = await expect(peer, "history");
    const { room: _room, ...first } = push(1);
    await peer.say(push(2), {
      type: "history",
      re: page.id,
      room: "general",
      messages: [first],
      more: false,
    });
    const next = await tellHistory(peer, 2, 2);
    assert.equal(next.after, 1);
    await peer.say(push(3));
    await sink.holds(3);
    assert.deepEqual(sink.frames.map(({ seq }) => seq), [1, 2, 3]);
    asked.resolve();
    assert.equal(await ended, 0);
  }));

Deno.test("it ends when it is asked to, and when nobody reads any more", async () => {
  await withTail({ from: { last: 1 } }, async ({ written, ask, ended }) => {
    await written(1);
    ask();
    assert.equal(await ended(), 0);
  });
  await withTail({ from: { last: 1 } }, async ({ server, sink, written, ended }) => {
    await written(1);
    using ben = await server.register("ben");
    sink.stalled = true;
    await ben.send("general", "hello");
    await written(3);
    sink.fail();
    assert.equal(await ended(), 0);
  });
});

Deno.test("it ends by itself where only what is there is wished", () =>
  withTail({ from: { last: 2 }, follows: false }, async ({ sink, ended }) => {
    assert.equal(await ended(), 0);
    assert.deepEqual(sink.frames.map(({ seq }) => seq), [2, 3]);
  }));

Deno.test("a bot that may not read is told so, and not that it is in no room or that all is read", () =>
  withServer(async (server) => {
    const ana = await registered(server, "ana");
    const { link } = await ana.request({ type: "make_bot", username: "alarm", scopes: ["send"] });
    await ana.request({ type: "add", room: "general", username: "alarm" });
    await ana.close();
    const session = await programSession(server, { botToken: parseBotLink(link).token });
    const why = /This bot may not do that: it takes the scope "read"/;
    const asked = Promise.withResolvers<void>().promise;
    const usual = { json: true, from: { last: 1 }, follows: true };
    const following = { ...usual, rooms: ["general"], asked, output: new TestSink() };
    await assert.rejects(tail(session, following), why);
    await assert.rejects(unread(session, { count: true, json: false }), why);
    await session.close();
  }));

interface Tailed {
  readonly server: TestServer;
  readonly sink: TestSink;
  /** Waits for so many lines of JSON, or whatever else `count` counts; `seq`, type and text of each. */
  written(count: number, counted?: () => number): Promise<(readonly [number, string, string?])[]>;
  ask(): void;
  ended(): Promise<number>;
}

/** Ana has said two things; what happens is followed for her. */
async function withTail(
  options: Pick<TailOptions, "from"> & Partial<TailOptions>,
  use: (tailed: Tailed) => Promise<void>,
): Promise<void> {
  await withServer(async (server) => {
    const ana = await registered(server, "ana");
    for (const text of ["one", "two"]) await ana.say("general", text);
    await ana.close();
    const sink = new TestSink();
    const session = await programSession(server, { username: "ana" });
    const asked = Promise.withResolvers<void>();
    const usual = { rooms: ["general"], json: true, follows: true, asked: asked.promise, output: sink };
    const ended = tail(session, { ...usual, ...options });
    ended.catch(() => {});
    await use({
      server,
      sink,
      ask: asked.resolve,
      ended: () => ended,
      async written(count, counted = () => sink.frames.length) {
        for (const end = performance.now() + 10_000; counted() < count;) {
          assert.ok(performance.now() < end, sink.writes.join("").slice(-2_000));
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
        return options.json === false ? [] : sink.frames.map(({ seq, type, text }) => [seq, type, text]);
      },
    });
    await session.close();
  });
}
