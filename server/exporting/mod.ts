/**
 * All that a server is, as an owner takes it along: read from the store, beside a server that may be running on it.
 * Imports shared/, server/store and server/files.
 */
export { type Exported, exportServer } from "./export_server.ts";
