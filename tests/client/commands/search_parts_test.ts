import assert from "node:assert/strict";
import { searchInParts } from "../../../client/commands/search_parts.ts";
import type { Answer } from "../../../shared/protocol/mod.ts";

type Found = Answer<"search">;

function result(seq: number): Found["results"][number] {
  return { room: "general", message: { type: "message", seq, time: 1, from: "ana", text: "tea" } };
}

/** What a server has found after each question: the places of the results, and where to go on. */
function answers(...parts: readonly (readonly [seqs: readonly number[], next: number | undefined])[]) {
  const asked: (readonly [before: number | undefined, limit: number])[] = [];
  const ask = (before: number | undefined, limit: number): Promise<Found> => {
    const [seqs, next] = parts[asked.length] ?? [[], 1];
    asked.push([before, limit]);
    return Promise.resolve({ type: "search", re: "1", results: seqs.map(result), next, indexed: true });
  };
  return { asked, ask };
}

Deno.test("a search that is answered in parts is asked on until there is enough, or no more", async () => {
  const some = answers([[], 90], [[80], 70], [[], 50], [[40, 30], 20]);
  const { results, next } = await searchInParts(some.ask, 3);
  assert.deepEqual(results.map(({ message }) => message.seq), [80, 40, 30]);
  assert.equal(next, 20);
  assert.deepEqual(some.asked, [[undefined, 3], [90, 3], [70, 2], [50, 2]]);
  const none = answers([[], 90], [[], undefined]);
  assert.deepEqual((await searchInParts(none.ask, 3)).next, undefined);
  assert.equal(none.asked.length, 2);
});

Deno.test("a search that takes too long ends, and tells where to go on", async () => {
  const endless = answers();
  const { results, next } = await searchInParts(endless.ask, 3);
  assert.deepEqual([results.length, next, endless.asked.length], [0, 1, 8]);
});
