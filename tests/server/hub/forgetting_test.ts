import assert from "node:assert/strict";
import { Forgetting } from "../../../server/hub/forgetting.ts";
import { manualClock } from "../../kit/manual_clock.ts";
import { testWorld } from "../../kit/world.ts";

Deno.test("what was taken away is forgotten once a minute, and a failure is logged once and tried again", () => {
  const clock = manualClock();
  const world = testWorld({ clock });
  let tries = 0, isIll = false;
  const finishErasing = () => {
    tries++;
    if (isIll) throw new Error("disk I/O error");
  };
  const forgetting = new Forgetting({ finishErasing }, clock, world.log);
  clock.advance(60_000);
  assert.equal(tries, 0);
  forgetting.start();
  clock.advance(60_000);
  isIll = true;
  clock.advance(120_000);
  assert.deepEqual([tries, world.lines.length], [3, 1]);
  assert.match(world.lines.join(), /erasing_failed.*disk I\/O error/);
  forgetting.stop();
  clock.advance(60_000);
  assert.equal(tries, 3);
});
