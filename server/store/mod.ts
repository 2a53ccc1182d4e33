/**
 * What is remembered: the only room that speaks SQL. A batch of changes goes in and is on disk when the call returns.
 * Imports shared/ and server/keyring.
 */
export { Unreadable } from "../keyring/mod.ts";
export { backUp, type BackupContent, type Files, openBackup, restoreDatabase } from "./backup.ts";
export type {
  AccountRow,
  Change,
  EventRow,
  FailuresRow,
  InviteRow,
  LoginEnd,
  LoginRow,
  ResetRow,
  RoomRow,
  SecondFactorRow,
} from "./change.ts";
export type { EventReader } from "./events.ts";
export { openRotation, retiredKeysPath, type Rotation } from "./rotation.ts";
export { openStore, openStoreBeside, rootKeyPathBeside, type Store } from "./store.ts";
export { NotCommitted, StoreTrouble } from "./trouble.ts";
