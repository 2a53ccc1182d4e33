import { KeyTrouble } from "./key_trouble.ts";
import type { RootKey } from "./root_key.ts";
import type { RootKeys } from "./root_keys.ts";

/** Root keys by their id, read again when one is asked for that was not there at the last reading. */
export class KnownRoots {
  readonly #keys: RootKeys;
  readonly #known: Map<string, RootKey> = new Map();

  constructor(keys: RootKeys) {
    this.#keys = keys;
  }

  /** The one to wrap by, as it is at this moment. `needed` are the ids to name where there is none. Throws KeyTrouble. */
  newest(needed: readonly string[]): RootKey {
    const [newest] = this.#read();
    if (newest === undefined) throw missingRootKey(needed, this.#keys);
    return newest;
  }

  /** Throws KeyTrouble. */
  withId(id: string): RootKey {
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    this.#read();
    const found = this.#known.get(id);
    if (found === undefined) throw missingRootKey([id], this.#keys);
    return found;
  }

  /** What was read once stays known: somebody may still look at the database as it was before a rotation. */
  #read(): readonly RootKey[] {
    const keys = this.#keys.read();
    for (const key of keys) this.#known.set(key.id, key);
    return keys;
  }
}

/** What to tell where none of the keys at `place` has one of the ids that are needed. */
export function missingRootKey(needed: readonly string[], { place, read }: RootKeys): KeyTrouble {
  const names = needed.length === 0 ? "" : ` (its id is ${needed.join(", ")})`;
  const there = read().map(({ id }) => id);
  if (there.length === 0) {
    return new KeyTrouble(
      `The root key${names} is missing: there is no file ${place}. Without it nobody can read what is stored. ` +
        `Put your copy of it there, or say with --root-key where it is; nothing was changed`,
    );
  }
  return new KeyTrouble(
    `${place} holds another root key (its id is ${
      there.join(", ")
    }) than what is stored was sealed with${names}. ` +
      `Put the right one there, or say with --root-key where it is; nothing was changed`,
  );
}
