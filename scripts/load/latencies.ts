/** Two to the power of this many buckets for each doubling: a percentile is off by less than 1.6 %. */
const bits = 6;
const perDoubling = 1 << bits;

/** How long things took, as a histogram: millions can be added in a second. */
export class Latencies {
  readonly #counts: Uint32Array = new Uint32Array(perDoubling * (32 - bits + 1));
  #count = 0;
  #maxMs = 0;

  get count(): number {
    return this.#count;
  }

  get maxMs(): number {
    return this.#maxMs;
  }

  add(ms: number): void {
    const bucket = bucketOf(Math.min(Math.max(0, Math.round(ms * 1000)), 2 ** 31 - 1));
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
    this.#count++;
    if (ms > this.#maxMs) this.#maxMs = ms;
  }

  /** The milliseconds that this share (0.99) of them stayed within; 0 if there are none. */
  percentileMs(share: number): number {
    const rank = Math.ceil(share * this.#count);
    let seen = 0;
    for (let bucket = 0; bucket < this.#counts.length && this.#count > 0; bucket++) {
      seen += this.#counts[bucket] ?? 0;
      if (seen >= rank) return Math.min(middleOf(bucket) / 1000, this.#maxMs);
    }
    return 0;
  }
}

function bucketOf(microseconds: number): number {
  if (microseconds < perDoubling) return microseconds;
  const doubling = 31 - Math.clz32(microseconds);
  return (doubling - bits + 1) * perDoubling + ((microseconds >> (doubling - bits)) & (perDoubling - 1));
}

function middleOf(bucket: number): number {
  if (bucket < perDoubling) return bucket;
  const doubling = Math.floor(bucket / perDoubling) + bits - 1;
  return (perDoubling + (bucket % perDoubling) + 0.5) * 2 ** (doubling - bits);
}
