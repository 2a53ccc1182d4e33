import assert from "node:assert/strict";
import { withServer } from "../kit/server.ts";

Deno.test("a stop stores what was accepted, says goodbye to guests, and lets strangers go", () =>
  withServer(async (server) => {
    using ana = await server.register("ana");
    using ben = await server.register("ben");
    using stranger = await server.connect();
    await ana.hear();
    const ids = Array.from({ length: 50 }, (_, at) => `m${at}`);
    const lines = ids.map((id) => JSON.stringify({ type: "send", id, room: "general", text: id }) + "\n");
    await ana.write(lines.join(""));
    const first = await ana.hear();
    assert.equal(first.type, "ok");
    const start = performance.now();
    await server.stop();
    assert.ok(performance.now() - start < 10_000);
    for (const client of [ana, ben]) {
      await client.ended();
      const { type, code, retryAfterMs } = client.pending().at(-1);
      assert.deepEqual([type, code], ["bye", "shutting_down"]);
      assert.ok(retryAfterMs >= 500 && retryAfterMs <= 3_000);
    }
    await stranger.ended();
    assert.deepEqual(stranger.pending(), []);

    await server.start();
    using back = await server.connect();
    await back.login("ana");
    const { messages } = await back.ask({ type: "history", room: "general", limit: 200 });
    const stored = new Set(messages.map(({ text }: { text: string }) => text));
    const confirmed = [first, ...ana.pending().filter(({ type }) => type === "ok")].map(({ re }) => re);
    for (const id of confirmed) assert.ok(stored.has(id), `${id} was confirmed and must be there`);
  }));

Deno.test("a login that waits for its hash does not hold a stop up, nor does the queue behind it", () =>
  withServer(async (server) => {
    const clients = await Promise.all(Array.from({ length: 100 }, () => server.connect()));
    for (const client of clients) {
      await client.say({ type: "login", id: "1", username: "nobody", password: "a long enough password" });
    }
    await clients[0]?.hear();
    const start = performance.now();
    await server.stop();
    // A hundred hashes would take five seconds and more.
    assert.ok(performance.now() - start < 3_000);
    for (const client of clients) {
      await client.ended();
      client.close();
    }
  }));
