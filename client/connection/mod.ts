/**
 * Keeps one line to the server open, over whatever carries it: answers and asks for signs of life, connects again by
 * itself, catches up without a gap or a repeat, and sends each message once. Imports `shared/`, `client/line` and
 * `client/model`.
 */
export type { AnswerTo, Ask, AskType } from "./ask.ts";
export type { Connection } from "./connection.ts";
export { ConnectionLost } from "./connection_lost.ts";
export { listedRoom } from "./listed_room.ts";
export type { KeptMessages, Said, SaidPlace } from "./kept_messages.ts";
export { KeptConnection, type Opened } from "./kept_connection.ts";
export { backOffMs } from "./back_off.ts";
export { Session } from "./session.ts";
export type { Happening } from "./happening.ts";
export type { Leftover, Leftovers } from "./leftovers.ts";
export type { Sent } from "./outbox.ts";
export { patienceMs } from "./patience.ts";
export type { SessionEnd, Unasked } from "./session.ts";
