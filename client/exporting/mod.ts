/**
 * What one person takes along: all that they said in the rooms that they are in, the files that they sent, their profile
 * and their drafts. Imports `shared/`, `client/connection` and `client/files`.
 */
export { exportOwn, type OwnExported } from "./export_own.ts";
