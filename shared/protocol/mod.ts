/**
 * The language that servers and clients speak: frames, each declared once in a table, lines, limits and error codes.
 * Everything here is pure. Imports nothing outside this room.
 */
export { type Answer, type AnswerDeclaration, answerFrames, type AnswerType } from "./answer_frames.ts";
export { decodeRequest, decodeServerFrame, type ServerFrame, type UnknownFrame } from "./decode.ts";
export { encode, encodedBytes, errorFrame, toBytes } from "./encode.ts";
export {
  type EventDeclaration,
  eventPlace,
  type Push,
  type RoomEvent,
  roomEventFrames,
  type RoomEventType,
  roomEventTypes,
  type Signal,
  signalFrames,
  type SignalType,
  type UnknownRoomEvent,
} from "./event_frames.ts";
export { codePoints, type Cursors, type Fields, roomName, textFault, userName } from "./fields.ts";
export { type Bound, bounds, limits } from "./limits.ts";
export { LineSplitter } from "./lines.ts";
export { type ErrorCode, errorCodes, type ErrorDeclaration, Refusal } from "./refusal.ts";
export {
  declarationOf,
  type Request,
  type RequestDeclaration,
  requestFrames,
  type RequestType,
} from "./request_frames.ts";
export {
  type Level,
  levels,
  type Presence,
  presences,
  type Role,
  roles,
  type Scope,
  scopes,
  type Standing,
  standings,
} from "./roles.ts";
export { version } from "./version.ts";
