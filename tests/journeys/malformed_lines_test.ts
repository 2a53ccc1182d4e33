import assert from "node:assert/strict";
import fc from "fast-check";
import { errorCodes, requestFrames } from "../../shared/protocol/mod.ts";
import type { Frame } from "../kit/line_client.ts";
import { fromSeed } from "../kit/seed.ts";
import { withServer } from "../kit/server.ts";

const value = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    -1,
    0,
    1,
    1e308,
    2 ** 53,
    "",
    "general",
    "\u0000",
    "x".repeat(100),
    [],
    {},
  ),
  fc.jsonValue({ maxDepth: 3 }),
);

/** Whatever ends a session in an orderly way, or sees to it that there is none, is left out. */
const types = Object.keys(requestFrames).filter((type) => type !== "quit");

const almostRequest = fc.record({
  type: fc.constantFrom<unknown>(...types, "nonsense", 1, null),
  id: fc.oneof(fc.constantFrom<unknown>("1", "", "x".repeat(65), 3), fc.string({ maxLength: 5 })),
  room: value,
  text: value,
  nonce: value,
  before: value,
  after: value,
  limit: value,
  seq: value,
  kind: value,
  access: value,
  topic: value,
  token: value,
}, { requiredKeys: [] }).map((frame) => JSON.stringify(frame));

const cutOff = fc.tuple(almostRequest, fc.nat(200)).map(([line, end]) => line.slice(0, end));
const nested = fc.nat(40).map((depth) => "[".repeat(depth) + "]".repeat(depth));
const rubbish = fc.string({ unit: "grapheme", maxLength: 60 }).map((text) => text.toWellFormed());

const line = fc.oneof(almostRequest, almostRequest, cutOff, nested, rubbish)
  .map((text) => text.replaceAll("\n", " "));

Deno.test("5,000 lines of which few are right get answers of the protocol, and the server goes on", () =>
  withServer(async (server) => {
    using ana = await server.register("ana");
    using ben = await server.register("ben");
    const { seed } = fromSeed();
    const lines = fc.sample(line, { seed, numRuns: 5_000 });
    const heard: Frame[] = [];
    for (let at = 0; at < lines.length; at += 250) {
      await ana.write(lines.slice(at, at + 250).join("\n") + "\n");
      await ana.say({ type: "ping", id: `after ${at}` });
      await ana.hearWhere(({ re }) => re === `after ${at}`);
      while (ana.pending().length > 0) heard.push(await ana.hearWhere(() => true));
    }
    const errors = heard.filter(({ type }) => type === "error");
    assert.ok(errors.length > 2_500, String(errors.length));
    for (const { code } of errors) assert.ok(Object.hasOwn(errorCodes, code), code);
    for (const code of ["bad_frame", "bad_request", "unknown_type", "already_authenticated"]) {
      assert.ok(errors.some((error) => error.code === code), code);
    }
    assert.ok(!errors.some(({ code }) => code === "internal" || code === "unavailable"));
    assert.deepEqual(server.world.lines.filter((logged) => /"level":"(error|warn)"/.test(logged)), []);
    const { seq } = await ben.send("general", "still here");
    const { messages } = await ben.ask({ type: "history", room: "general", after: 0, limit: 200 });
    assert.ok(messages.length > 0 && seq >= messages.length);
  }));

Deno.test("lines that end a connection end it with an error, and what follows is not heard", () =>
  withServer(async (server) => {
    using ana = await server.register("ana");
    const send = new TextEncoder().encode('\n{"type":"send","id":"s","room":"general","text":"too late"}\n');
    const endings: readonly (readonly [Uint8Array<ArrayBuffer>, string])[] = [
      [Uint8Array.of(0xff, 0xfe), "bad_frame"],
      [new Uint8Array(128 * 1024 + 1).fill(0x20), "line_too_long"],
    ];
    for (const [bytes, code] of endings) {
      using client = await server.connect();
      await client.login("ana");
      await client.write(await new Blob([bytes, send]).bytes());
      assert.deepEqual((await client.hear()).code, code);
      await client.ended();
    }
    const { messages } = await ana.ask({ type: "history", room: "general" });
    assert.deepEqual(messages.map(({ type }: { type: string }) => type), ["joined"]);
  }));
