import assert from "node:assert/strict";
import { manualClock } from "./manual_clock.ts";

Deno.test("a manual clock runs what is due in its order, each at its own time", () => {
  const clock = manualClock(1_000);
  const seen: [string, number][] = [];
  const note = (name: string) => () => seen.push([name, clock.now()]);
  clock.after(20, note("late"));
  const stop = clock.every(10, note("tick"));
  clock.after(10, () => clock.after(5, note("nested")));
  clock.after(12, note("cancelled"))();
  clock.advance(25);
  stop();
  clock.advance(100);
  assert.deepEqual(seen, [["tick", 1_010], ["nested", 1_015], ["late", 1_020], ["tick", 1_020]]);
  assert.equal(clock.monotonic(), 125);
});

Deno.test("a manual clock lets those who sleep in a loop keep up", async () => {
  const clock = manualClock();
  const wokenAt: number[] = [];
  async function sleeper(): Promise<void> {
    for (let times = 0; times < 3; times++) {
      await clock.sleep(10);
      wokenAt.push(clock.monotonic());
    }
  }
  const done = sleeper();
  await clock.pass(30);
  await done;
  assert.deepEqual(wokenAt, [10, 20, 30]);
});
