/**
 * Comes in to a server: knocks over a verified line, authenticates by a password or a saved token, and hands over a
 * connection that is kept, or a session for a program. Imports `shared/`, `client/trust`, `client/tokens`,
 * `client/outbox`, `client/line` and `client/connection`.
 */
export { type Door, knock, type KnockOptions } from "./door.ts";
export { type ProgramAskType, ProgramSession, type ProgramSessionOptions } from "./program_session.ts";
