import { type Answer, Refusal } from "../../shared/protocol/mod.ts";

/** Of a search that takes long the server tells what it has, which may be nothing: so many are as many as it hears at once. */
const partsMax = 8;

type Found = Answer<"search">;

/** Asks for parts until there are `wanted` results, or no more, or it takes too long: then `next` is where to go on. */
export async function searchInParts(
  ask: (before: number | undefined, limit: number) => Promise<Found>,
  wanted: number,
): Promise<Found> {
  let found = await ask(undefined, wanted);
  for (let parts = 1; parts < partsMax; parts++) {
    const { results, next } = found;
    if (next === undefined || results.length >= wanted) break;
    const part = await ask(next, wanted - results.length).catch(unlessTooFast);
    if (part === undefined) break;
    found = { ...part, results: [...results, ...part.results] };
  }
  return found;
}

/** What was found by then is shown. */
function unlessTooFast(cause: unknown): undefined {
  if (!(cause instanceof Refusal && cause.code === "rate_limited")) throw cause;
}
