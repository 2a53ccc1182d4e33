import assert from "node:assert/strict";
import type { Frame } from "../../kit/line_client.ts";
import { withServer } from "../../kit/server.ts";

Deno.test("what one turn does in a room is answered in the order of its seq, repetitions last", () =>
  withServer(async (server) => {
    using ana = await server.register("ana");
    const requests: readonly Frame[] = [
      { type: "send", id: "first", room: "general", text: "one" },
      { type: "send", id: "second", room: "general", text: "two", nonce: "n" },
      { type: "send", id: "repeated", room: "general", text: "two", nonce: "n" },
      { type: "join", id: "joined again", room: "general" },
    ];
    await ana.write(requests.map((request) => JSON.stringify(request) + "\n").join(""));
    const answers = [await ana.hear(), await ana.hear(), await ana.hear(), await ana.hear()];
    assert.deepEqual(answers.map(({ re, seq }) => [re, seq]), [
      ["first", 2],
      ["second", 3],
      ["repeated", 3],
      ["joined again", 3],
    ]);
  }));
