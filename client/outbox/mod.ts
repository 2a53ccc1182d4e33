/**
 * What was said and has no answer of the server yet, kept on the disk of this machine: it outlives a crash of the
 * client, and is sent at the next start. Imports `shared/`.
 */
export { MessageFiles } from "./message_files.ts";
