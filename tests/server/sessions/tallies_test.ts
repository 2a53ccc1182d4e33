import assert from "node:assert/strict";
import { fadesAfter, fadesOneEvery, Tallies } from "../../../server/sessions/tallies.ts";

Deno.test("a tally that fades one by one goes on fading while it grows", () => {
  const tallies = new Tallies(10, fadesOneEvery(20));
  for (const now of [0, 0, 0, 19]) tallies.add("a", now);
  assert.equal(tallies.of("a", 19)?.count, 4);
  assert.equal(tallies.of("a", 20)?.count, 3);
  tallies.add("a", 39);
  assert.deepEqual(tallies.of("a", 40), { count: 3, at: 40 });
  assert.equal(tallies.of("a", 99)?.count, 1);
  assert.equal(tallies.of("a", 100), undefined);
});

Deno.test("a tally that fades as a whole is there until nothing has come for long enough", () => {
  const tallies = new Tallies(10, fadesAfter(100));
  tallies.add("a", 0);
  tallies.add("a", 90);
  assert.deepEqual(tallies.of("a", 189), { count: 2, at: 90 });
  assert.equal(tallies.of("a", 190), undefined);
  tallies.add("a", 200);
  assert.equal(tallies.of("a", 200)?.count, 1);
});

Deno.test("what is taken back is as if it had not been, in whatever order", () => {
  const tallies = new Tallies(10, fadesAfter(100));
  tallies.add("a", 0);
  const [second, third] = [tallies.add("a", 10), tallies.add("a", 20)];
  second(30);
  assert.deepEqual(tallies.of("a", 30), { count: 2, at: 20 });
  third(30);
  assert.deepEqual(tallies.of("a", 30), { count: 1, at: 10 });
  const last = tallies.add("b", 0);
  last(0);
  last(0);
  assert.equal(tallies.of("b", 0), undefined);
});

Deno.test("what was forgotten meanwhile is not taken back once more", () => {
  const tallies = new Tallies(10, fadesAfter(100));
  const takeBack = tallies.add("a", 0);
  tallies.delete("a");
  takeBack(1);
  assert.equal(tallies.of("a", 1), undefined);
});

Deno.test("where there are too many, those with the fewest go first, and of these the oldest", () => {
  const gone: string[] = [];
  const tallies = new Tallies(3, fadesAfter(1_000), (key, tally) => tally ?? gone.push(key));
  for (const key of ["guessed at", "guessed at", "old", "new"]) tallies.add(key, key === "new" ? 2 : 1);
  tallies.add("newer", 3);
  tallies.add("newest", 4);
  assert.deepEqual(gone, ["old", "new"]);
  assert.equal(tallies.of("guessed at", 4)?.count, 2);
});

Deno.test("whoever keeps them is told of every change", () => {
  const told: (number | undefined)[] = [];
  const tallies = new Tallies(10, fadesAfter(100), (_, tally) => told.push(tally?.count));
  const takeBack = tallies.add("a", 0);
  tallies.add("a", 0);
  takeBack(0);
  tallies.delete("a");
  tallies.delete("a");
  assert.deepEqual(told, [1, 2, 1, undefined]);
});

Deno.test("what was kept from an earlier run is put back, unless it has faded meanwhile", () => {
  const tallies = new Tallies(10, fadesAfter(100));
  assert.equal(tallies.restore("fresh", { count: 7, at: 50 }, 120), true);
  assert.equal(tallies.restore("stale", { count: 7, at: 10 }, 120), false);
  assert.equal(tallies.of("fresh", 120)?.count, 7);
  assert.equal(tallies.of("stale", 120), undefined);
});
