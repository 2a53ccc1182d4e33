import assert from "node:assert/strict";
import { type Deed, parseTranscript } from "./transcript.ts";

Deno.test("a transcript is read into its title and its deeds", () => {
  const { title, steps } = parseTranscript(`# A title

the server starts with --registration invite --name Acme
ana connects and is greeted
ana> {"type":"ping","id":"$id"}
ana< {"type":"pong"}
ana>> what?
ana writes the bytes 7b ff
9 seconds pass
`);
  assert.equal(title, "A title");
  const deeds: readonly Deed[] = [
    { kind: "starts", settings: { "server.registration": "invite", "server.name": "Acme" } },
    { kind: "connects", who: "ana", greeted: true },
    { kind: "says", who: "ana", frame: { type: "ping", id: "$id" } },
    { kind: "hears", who: "ana", frame: { type: "pong" } },
    { kind: "writes", who: "ana", bytes: new TextEncoder().encode("what?\n") },
    { kind: "writes", who: "ana", bytes: Uint8Array.of(0x7b, 0xff) },
    { kind: "pass", seconds: 9 },
  ];
  assert.deepEqual(steps.map(({ deed }) => deed), deeds);
  assert.deepEqual(steps.map(({ line }) => line), [3, 4, 5, 6, 7, 8, 9]);
});

Deno.test("a line that is no deed is told by its number", () => {
  assert.throws(() => parseTranscript("# Title\nana sings"), /^Error: Line 2 is no deed: ana sings$/);
});
