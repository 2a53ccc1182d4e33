import { KnownRoots, missingRootKey } from "./known_roots.ts";
import { makeRootKey } from "./root_key.ts";
import type { RootKeys } from "./root_keys.ts";
import { unwrapKey, wrapKey, type WrappedKey } from "./wrapped_key.ts";

/** The database's part in a rotation. Each call of `startRotation` and `stepRotation` is to be one writing transaction. */
export interface RotationRows {
  /** At most `limit` keys that another root key than this one wraps. */
  wrappedByOthers(root: string, limit: number): readonly WrappedKey[];
  /** Puts the key in place of the one with its scope and version. */
  replace(key: WrappedKey): void;
}

/** How many keys a step takes: the running server waits for about as many hundredths of a millisecond. */
const keysAStep = 200;

/**
 * Puts a new root key before the old one; from then on new data keys are wrapped by the new one. Does nothing if an
 * earlier rotation was not finished. Throws a Trouble if the root keys cannot be read or written.
 */
export function startRotation(rootKeys: RootKeys): "begun" | "resumed" {
  const keys = rootKeys.read();
  if (keys.length === 0) throw missingRootKey([], rootKeys);
  if (keys.length > 1) return "resumed";
  rootKeys.write([makeRootKey(), ...keys]);
  return "begun";
}

export type RotationStep =
  /** So many keys are wrapped by the new root key now; there may be more. */
  | { readonly done: false; readonly rewrapped: number }
  /** The old root key opens nothing here any more. */
  | { readonly done: true };

/**
 * The next step of a rotation that was begun: it looks at nothing but what is stored, so that whoever takes over from a
 * process that died does the same. Data keys that are rewrapped retire: what is written next gets new ones, which
 * nobody can know who had the old root key. When no key is left, the old root keys move to `retired`.
 */
export function stepRotation(rows: RotationRows, rootKeys: RootKeys, retired: RootKeys): RotationStep {
  const [newest, ...older] = rootKeys.read();
  if (newest === undefined) throw missingRootKey([], rootKeys);
  const keys = rows.wrappedByOthers(newest.id, keysAStep);
  const roots = new KnownRoots(rootKeys);
  for (const key of keys) {
    const bytes = unwrapKey(roots.withId(key.root), key);
    rows.replace({ ...wrapKey(newest, key.scope, key.version, bytes), retired: true });
  }
  if (keys.length > 0) return { done: false, rewrapped: keys.length };
  if (older.length > 0) {
    const known = retired.read().filter(({ id }) => older.every((key) => key.id !== id));
    retired.write([...older, ...known]);
    rootKeys.write([newest]);
  }
  return { done: true };
}
