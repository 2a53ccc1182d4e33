/**
 * Keeps one line to the server open: knocks and authenticates, answers and asks for signs of life, connects again by
 * itself, catches up without a gap or a repeat, and sends each message once. Imports `shared/`, `client/trust`,
 * `client/tokens`, `client/outbox` and `client/model`.
 */
export type { AnswerTo, Ask, AskType } from "./ask.ts";
export type { Connection } from "./connection.ts";
export { ConnectionLost } from "./connection_lost.ts";
export { listedRoom } from "./listed_room.ts";
export { type Door, knock, type KnockOptions } from "./door.ts";
export type { Happening } from "./happening.ts";
export type { Leftover, Leftovers } from "./leftovers.ts";
export { type ProgramAskType, ProgramSession, type ProgramSessionOptions } from "./program_session.ts";
export type { Sent } from "./outbox.ts";
export { patienceMs } from "./patience.ts";
export type { SessionEnd, Unasked } from "./session.ts";
export type { SaidPlace } from "../outbox/mod.ts";
