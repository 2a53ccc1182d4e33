/**
 * Files that only their owner may read, written whole or not at all, and locks that die with their process. For keys,
 * certificates, tokens and whatever else lives in a data directory. Imports the clock of `shared/world`, nothing else.
 */
export { exists } from "./exists.ts";
export { FileTrouble } from "./file_trouble.ts";
export { ensurePrivateDirectory } from "./private_directory.ts";
export { readFileIfThere, writePrivateFile } from "./private_file.ts";
export type { FileLock } from "./file_lock.ts";
export { lockFile, lockWaitMsMax, tryLockFile } from "./file_lock.ts";
export { type DataEnvironment, dataVariables, defaultDataDirectory } from "./data_directory.ts";
