/**
 * Where a random test starts: prints its seed, and takes one back by the variable `SEED`, so that a failure can be seen
 * again. Fits the parameters of fast-check.
 */
export function fromSeed(): { readonly seed: number } {
  const seed = Number(Deno.env.get("SEED") ?? Math.floor(Math.random() * 2 ** 31));
  console.log(`seed ${seed}`);
  return { seed };
}
