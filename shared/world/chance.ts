export interface Chance {
  /** `count` bytes (0 to 65,536) that nobody can guess: fit for keys, tokens and salts. */
  bytes(count: number): Uint8Array<ArrayBuffer>;
  /** A number from 0 to just below 1, to spread things in time. Not for secrets. */
  fraction(): number;
}

export function systemChance(): Chance {
  return {
    bytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
    fraction: () => Math.random(),
  };
}
