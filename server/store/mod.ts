/**
 * What is remembered: the only room that speaks SQL. A batch of changes goes in and is on disk when the call returns.
 * Imports shared/ and server/keyring.
 */
export { damagedText } from "./damaged_text.ts";
export { Unreadable } from "../keyring/mod.ts";
export {
  backUp,
  type BackupContent,
  type ContentSize,
  type Files,
  forgetContents,
  openBackup,
  restoreDatabase,
} from "./backup.ts";
export type {
  AccountRow,
  BotOfferRow,
  Call,
  Change,
  ContentRow,
  DraftRow,
  EventRow,
  FailuresRow,
  FileRow,
  InviteRow,
  LoginEnd,
  LoginRow,
  ProfileRow,
  ResetRow,
  RevisionRow,
  RoomRow,
  SecondFactorRow,
  ThreadMarkRow,
  UploadRow,
} from "./change.ts";
export type { EventReader } from "./events.ts";
export type { Horizon, OverRow } from "./expiry.ts";
export type { FileReader, KeptFile } from "./files.ts";
export type { ReactionRow, RepliesRow } from "./message_details.ts";
export type { MentionRow } from "./personal.ts";
export { openRotation, retiredKeysPath, type Rotation } from "./rotation.ts";
export { phrasesIn } from "./search_words.ts";
export type { SearchStep, SearchWish } from "./search.ts";
export { openStore, openStoreBeside, rootKeyPathBeside, type Store } from "./store.ts";
export type { FollowedRow } from "./threads.ts";
export { NotCommitted, StoreTrouble } from "./trouble.ts";
