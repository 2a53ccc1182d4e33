/** The server: its wiring, its settings, and what can be done on its machine. Imports shared/, certs and server/. */
export { makeBackup, restoreBackup } from "./backup.ts";
export { makeBot } from "./bot.ts";
export {
  makeConfig,
  readAssignments,
  readConfigFile,
  type ServerConfig,
  type Wishes,
  wishesOf,
} from "./config.ts";
export { makeExport } from "./export.ts";
export { openSocketControl, type SocketControl } from "./doors/mod.ts";
export { type RotatedKeys, rotateKeys } from "./keys.ts";
export { makeInvite } from "./invite.ts";
export { type Questions } from "./owner.ts";
export { type Person, serve } from "./serve.ts";
export { openServer, type Server } from "./server.ts";
export { makeReset } from "./user.ts";
export { importUsers } from "./user_import.ts";
