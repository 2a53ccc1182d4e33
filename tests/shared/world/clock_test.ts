import assert from "node:assert/strict";
import { systemClock } from "../../../shared/world/mod.ts";

const clock = systemClock();

Deno.test("the system's clock runs a timer once, and not at all if it is cancelled", async () => {
  const seen: string[] = [];
  clock.after(0, () => seen.push("never"))();
  await new Promise<void>((resolve) => {
    const cancel = clock.after(1, () => {
      seen.push("once");
      resolve();
    });
    clock.after(1, () => cancel());
  });
  await clock.sleep(5);
  assert.deepEqual(seen, ["once"]);
});

Deno.test("the system's clock repeats until it is cancelled", async () => {
  let times = 0;
  const third = Promise.withResolvers<void>();
  const cancel = clock.every(1, () => {
    if (++times < 3) return;
    cancel();
    cancel();
    third.resolve();
  });
  // What repeats does not keep a process alive by itself; this does.
  const keepAlive = clock.after(
    60_000,
    () => third.reject(new Error("It did not tick three times in a minute")),
  );
  await third.promise;
  keepAlive();
  // A fourth tick would be due long before the end of this.
  await clock.sleep(20);
  assert.equal(times, 3);
});

Deno.test("the end of a turn comes after all microtasks", async () => {
  const seen: string[] = [];
  await new Promise<void>((resolve) => {
    clock.endOfTurn(() => {
      seen.push("end");
      resolve();
    });
    queueMicrotask(() => queueMicrotask(() => seen.push("micro")));
  });
  assert.deepEqual(seen, ["micro", "end"]);
});

Deno.test("durations are measured with a clock that never goes back", () => {
  let last = clock.monotonic();
  for (let times = 0; times < 1_000; times++) {
    const now = clock.monotonic();
    assert.ok(now >= last);
    last = now;
  }
  assert.ok(Math.abs(clock.now() - Date.now()) < 1_000);
});
