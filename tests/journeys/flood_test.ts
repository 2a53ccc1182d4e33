import assert from "node:assert/strict";
import type { Frame, LineClient } from "../kit/line_client.ts";
import { withServerAndClock } from "../kit/server.ts";

/** Sends requests in one piece and returns all their answers. */
async function burst(client: LineClient, request: Frame, count: number): Promise<Frame[]> {
  const ids = Array.from({ length: count }, (_, at) => String(at));
  await client.write(ids.map((id) => JSON.stringify({ id, ...request }) + "\n").join(""));
  const answers: Frame[] = [];
  for (const id of ids) {
    answers.push(await client.hearWhere(({ re, type }) => re === id || type === "bye"));
    if (answers.at(-1).type === "bye") break;
  }
  return answers;
}

Deno.test("whoever is too fast is slowed down, then let go; whoever is not does not notice", () =>
  withServerAndClock(async (server, clock) => {
    using ana = await server.register("ana");
    using ben = await server.register("ben");
    const sends = await burst(ana, { type: "send", room: "general", text: "hi" }, 20);
    assert.ok(sends.some(({ type }) => type === "ok"));
    const refused = sends.filter(({ code }) => code === "rate_limited");
    assert.ok(refused.length > 0 && refused.length <= 10);
    assert.ok(refused.every(({ retryAfterMs }) => retryAfterMs > 0 && retryAfterMs <= 200));

    let last: Frame;
    for (let times = 0; times < 30 && last?.type !== "bye"; times++) {
      last = (await burst(ana, { type: "ping" }, 60)).at(-1);
      clock.advance(500);
    }
    const bye = last?.type === "bye" ? last : await ana.hearWhere(({ type }) => type === "bye");
    assert.deepEqual([bye.code, bye.retryAfterMs > 0], ["flood", true]);
    await ana.ended();
    assert.equal((await ben.send("general", "quiet at last")).type, "ok");
  }, { "limits.rates": "on" }));
