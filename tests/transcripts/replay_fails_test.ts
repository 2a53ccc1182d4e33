import assert from "node:assert/strict";
import { parseTranscript } from "../kit/transcript.ts";
import { replay } from "./replay.ts";

const opening = `# Title
the server starts
ana connects and is greeted
`;

const faults: readonly (readonly [string, string, RegExp])[] = [
  [
    "hears something else",
    'ana> {"type":"ping","id":"1"}\nana< {"type":"pong","re":"2"}',
    /^Error: Line 5 did not/,
  ],
  [
    "hears more than is written",
    'ana> {"type":"ping","id":"1"}',
    /ana heard more than is written/,
  ],
  [
    "gives two values for one name",
    'ana> {"type":"ping","id":"1"}\nana< {"type":"$x","re":"$x"}',
    /^Error: Line 5 did not/,
  ],
  ["says what has no value yet", 'ana> {"type":"ping","id":"$id"}', /nothing that \$id could stand for/],
];

for (const [fault, deeds, told] of faults) {
  Deno.test(`a replay fails when somebody ${fault}`, () =>
    assert.rejects(replay(parseTranscript(opening + deeds)), told));
}
