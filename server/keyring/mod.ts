/**
 * Keys for what is stored: a root key that lives outside the database wraps one data key a room and one for the
 * accounts, and those seal texts and secrets. Speaks no SQL: the store hands in where wrapped keys are kept.
 * Imports shared/ only.
 */
export type { KeyRows } from "./data_keys.ts";
export { KeyTrouble, Unreadable } from "./key_trouble.ts";
export { Keyring } from "./keyring.ts";
export { missingRootKey } from "./known_roots.ts";
export { nonceBytes, nonceSource } from "./nonces.ts";
export { accountsScope, type Place } from "./place.ts";
export { makeRootKey, type RootKey } from "./root_key.ts";
export { rootKeyFile, type RootKeys, rootKeysInMemory } from "./root_keys.ts";
export { type RotationRows, type RotationStep, startRotation, stepRotation } from "./rotation.ts";
export type { WrappedKey } from "./wrapped_key.ts";
