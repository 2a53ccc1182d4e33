import { Unreadable } from "./key_trouble.ts";
import { accountsScope } from "./place.ts";
import type { RootKey } from "./root_key.ts";

/** A data key as the database holds it. */
export interface WrappedKey {
  /** A room's id, `accountsScope` or `secretScope`. */
  readonly scope: number;
  /** Counts the keys of a scope, from 1. */
  readonly version: number;
  /** The id of the root key that wraps it. */
  readonly root: string;
  readonly wrapped: Uint8Array;
  /** Whether it opens only what is there, and seals nothing more. */
  readonly retired: boolean;
}

/** The secret from which others are derived. It has one version, and outlives rotations. */
export const secretScope = -1;

export function wrapKey(root: RootKey, scope: number, version: number, bytes: Uint8Array): WrappedKey {
  return {
    scope,
    version,
    root: root.id,
    wrapped: root.wrap(labelOf(scope, version), bytes),
    retired: false,
  };
}

/** Throws Unreadable. */
export function unwrapKey(root: RootKey, { scope, version, wrapped }: WrappedKey): Uint8Array {
  try {
    return root.unwrap(labelOf(scope, version), wrapped);
  } catch (error) {
    throw new Unreadable(`The data key ${version} of ${describeScope(scope)}`, error);
  }
}

function labelOf(scope: number, version: number): string {
  return `data key ${scope} ${version}`;
}

function describeScope(scope: number): string {
  if (scope === secretScope) return "the server";
  return scope === accountsScope ? "the accounts" : `room ${scope}`;
}
