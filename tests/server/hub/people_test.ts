import assert from "node:assert/strict";
import { TestHub } from "../../kit/hub.ts";
import { protect } from "../../kit/two_factor.ts";

Deno.test("people are listed in the order of their names, with role, second factor, and when they were last seen", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana");
  const ben = await bench.newcomerAs("guest", "ben");
  await bench.newcomerAs("admin", "abe");
  await protect(bench, ana);
  bench.clock.advance(60_000);
  const leftAt = bench.clock.now();
  ben.leave();
  bench.clock.advance(60_000);
  const now = bench.clock.now();
  const { people, more } = await ana.ask({ type: "people" });
  assert.deepEqual(people, [
    { username: "abe", role: "admin", twoFactor: false, online: true, seen: now },
    { username: "ana", role: "owner", twoFactor: true, online: true, seen: now },
    { username: "ben", role: "guest", twoFactor: false, online: false, seen: leftAt },
  ]);
  assert.equal(more, false);
  const rest = await ana.ask({ type: "people", after: "ana" });
  assert.deepEqual(rest.people.map(({ username }: { username: string }) => username), ["ben"]);
});
