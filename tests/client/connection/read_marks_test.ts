import assert from "node:assert/strict";
import { ConnectionLost } from "../../../client/connection/mod.ts";
import { ReadMarks } from "../../../client/connection/read_marks.ts";
import { Refusal } from "../../../shared/protocol/mod.ts";
import { manualClock } from "../../kit/manual_clock.ts";

function marksThat(answer: () => Promise<unknown>) {
  const clock = manualClock();
  const told: [string, number][] = [];
  const marks = new ReadMarks(clock, (room, seq) => {
    told.push([room, seq]);
    return answer();
  });
  return { clock, told, marks };
}

Deno.test("A room's mark is told once a second at most, and then the furthest", async () => {
  const { clock, told, marks } = marksThat(() => Promise.resolve());
  for (const seq of [1, 2, 5, 4]) marks.mark("general", seq);
  marks.mark("ops", 9);
  assert.deepEqual(told, [["general", 1], ["ops", 9]]);
  await clock.pass(1_000);
  assert.deepEqual(told.slice(2), [["general", 5]]);
  await clock.pass(5_000);
  assert.equal(told.length, 3);
});

Deno.test("What is untold is told at once by a flush, and afterwards no more", async () => {
  const { clock, told, marks } = marksThat(() => Promise.resolve());
  marks.mark("general", 1);
  marks.mark("general", 2);
  await marks.flush();
  assert.deepEqual(told, [["general", 1], ["general", 2]]);
  marks.stop();
  await clock.pass(5_000);
  assert.equal(told.length, 2);
});

Deno.test("A mark that was lost on the way is told again, a refused one is not", async () => {
  const lost = marksThat(() => Promise.reject(new ConnectionLost("gone")));
  lost.marks.mark("general", 1);
  await lost.clock.pass(1_000);
  assert.equal(lost.told.length, 2);
  const refused = marksThat(() => Promise.reject(new Refusal("not_a_member", "no")));
  refused.marks.mark("general", 1);
  await refused.clock.pass(5_000);
  assert.equal(refused.told.length, 1);
});
