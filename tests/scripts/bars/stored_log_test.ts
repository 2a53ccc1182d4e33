import assert from "node:assert/strict";
import { populate } from "../../../scripts/load/population.ts";
import { falselyAcknowledged, readStoredLog } from "../../../scripts/bars/stored_log.ts";
import { withDirectory } from "../../kit/directory.ts";

Deno.test("a room's log is read from disk, whole and checked", () =>
  withDirectory((data) => {
    populate(data, { members: 2, rooms: [{ name: "talk", members: [0, 1], messages: 7 }] });
    const { texts, gapless, integrity } = readStoredLog(data, "talk");
    assert.deepEqual([texts.length, gapless, integrity], [7, true, "ok"]);
  }));

Deno.test("an acknowledged message that is missing, elsewhere or there twice is found", () => {
  const log = { texts: ["a", "b", "b"], gapless: true, integrity: "ok" };
  assert.deepEqual(falselyAcknowledged(log, new Map([["a", 1], ["b", 2]])), { missing: 0, repeated: 1 });
  assert.deepEqual(falselyAcknowledged(log, new Map([["a", 2], ["c", 3]])), { missing: 2, repeated: 1 });
});
