/**
 * What other programs do with chat: say something, follow what is said, count what is unread. Standard output is data,
 * remarks for people go to standard error, and the exit code says what came of it. Imports `shared/`, `client/connection`,
 * `client/files`, `client/terminal` and `client/trust`.
 */
export { download, type DownloadOptions, type MessageWords, messageWords } from "./download.ts";
export { exitCodeOf, exitCodes } from "./exit_codes.ts";
export { progressLine } from "./progress.ts";
export { remark } from "./remark.ts";
export { send, type SendOptions } from "./send.ts";
export { tail, type TailOptions } from "./tail.ts";
export { upload, type UploadOptions } from "./upload.ts";
export { unread, type UnreadOptions } from "./unread.ts";
