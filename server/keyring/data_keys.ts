import { systemChance } from "../../shared/world/mod.ts";
import { Unreadable } from "./key_trouble.ts";
import { KnownRoots } from "./known_roots.ts";
import { keyBytes } from "./root_key.ts";
import type { RootKeys } from "./root_keys.ts";
import { unwrapKey, wrapKey, type WrappedKey } from "./wrapped_key.ts";

/** Where wrapped keys are kept: the database. */
export interface KeyRows {
  /** Of the highest version. */
  newest(scope: number): WrappedKey | undefined;
  find(scope: number, version: number): WrappedKey | undefined;
  add(key: WrappedKey): void;
  /** The ids of all root keys that wrap something. */
  roots(): readonly string[];
  /** Changes whenever another process has changed anything. */
  generation(): number;
}

export interface DataKey {
  readonly version: number;
  readonly bytes: Uint8Array;
}

/** The data keys, unwrapped when they are first needed and kept in memory from then on. */
export class DataKeys {
  readonly #rows: KeyRows;
  readonly #roots: KnownRoots;
  /** By scope and version. */
  readonly #known: Map<number, Map<number, DataKey>> = new Map();
  /** Those that seal, by scope. */
  readonly #current: Map<number, DataKey> = new Map();
  #generation: number | undefined;

  constructor(rows: KeyRows, rootKeys: RootKeys) {
    this.#rows = rows;
    this.#roots = new KnownRoots(rootKeys);
  }

  /** Another process may have begun new keys. */
  refresh(): void {
    const generation = this.#rows.generation();
    if (generation === this.#generation) return;
    this.#generation = generation;
    this.#current.clear();
  }

  forget(): void {
    this.#known.clear();
    this.#current.clear();
  }

  /** The one that seals, made if need be. Throws KeyTrouble. */
  current(scope: number): DataKey {
    return this.#current.get(scope) ?? this.#begin(scope);
  }

  /** Throws KeyTrouble, or Unreadable if it was changed. */
  find(scope: number, version: number): DataKey | undefined {
    const known = this.#known.get(scope)?.get(version);
    if (known !== undefined) return known;
    const row = this.#rows.find(scope, version);
    return row === undefined ? undefined : this.#unwrap(row);
  }

  /** Throws KeyTrouble unless the root keys that wrap something are all there. */
  check(): void {
    for (const id of this.#rows.roots()) this.#roots.withId(id);
  }

  #begin(scope: number): DataKey {
    const newest = this.#rows.newest(scope);
    const key = this.#usable(newest) ?? this.#make(scope, (newest?.version ?? 0) + 1);
    this.#current.set(scope, key);
    return key;
  }

  /** A key that was damaged seals nothing more, but what is said from now on need not suffer from that. */
  #usable(newest: WrappedKey | undefined): DataKey | undefined {
    if (newest === undefined || newest.retired) return undefined;
    try {
      return this.#unwrap(newest);
    } catch (error) {
      if (error instanceof Unreadable) return undefined;
      throw error;
    }
  }

  /** The root key is read in the very transaction that stores the new key, so that a rotation finds every key. */
  #make(scope: number, version: number): DataKey {
    const root = this.#roots.newest(this.#rows.roots());
    const bytes = systemChance().bytes(keyBytes);
    this.#rows.add(wrapKey(root, scope, version, bytes));
    return this.#keep(scope, { version, bytes });
  }

  #unwrap(row: WrappedKey): DataKey {
    return this.#keep(row.scope, {
      version: row.version,
      bytes: unwrapKey(this.#roots.withId(row.root), row),
    });
  }

  #keep(scope: number, key: DataKey): DataKey {
    const versions = this.#known.get(scope);
    if (versions === undefined) this.#known.set(scope, new Map([[key.version, key]]));
    else versions.set(key.version, key);
    return key;
  }
}
