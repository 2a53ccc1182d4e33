/**
 * What is remembered: the only room that speaks SQL. A batch of changes goes in and is on disk when the call returns.
 * Imports shared/ only.
 */
export { backUp, type Files, filesInBackup, restoreDatabase } from "./backup.ts";
export type { AccountRow, Change, EventRow, InviteRow, LoginRow, RoomRow } from "./change.ts";
export type { EventReader } from "./events.ts";
export { openStore, openStoreBeside, type Store } from "./store.ts";
export { NotCommitted, StoreTrouble } from "./trouble.ts";
