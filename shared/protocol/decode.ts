/** From a line to a frame. Decoding is total: what comes out is checked whole, everything else is a Refusal. */
import { type Answer, answerFrames, type AnswerType } from "./answer_frames.ts";
import {
  isRoomEventType,
  type Push,
  readRoomEvent,
  type Signal,
  signalFrames,
  type SignalType,
} from "./event_frames.ts";
import { type Fields, isRecord, isShortString, readFields, shortString } from "./fields.ts";
import { nestsWithin } from "./json_depth.ts";
import { limits } from "./limits.ts";
import { Refusal } from "./refusal.ts";
import { isRequestType, type Request, requestFrames, type RequestType } from "./request_frames.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const idField = shortString(limits.idCharacters);

/** Reads a client's line. Throws a Refusal, with `re` where the line had a valid `id`. */
export function decodeRequest(line: Uint8Array): Request {
  const source = parseLine(line);
  const re = validId(source.id);
  try {
    return readRequest(source);
  } catch (refusal) {
    throw refusal instanceof Refusal && re !== undefined ? refusal.about(re) : refusal;
  }
}

function readRequest(source: Readonly<Record<string, unknown>>): Request {
  const type = typeOf(source);
  if (!isRequestType(type)) {
    throw new Refusal("unknown_type", `There is no request of the type "${type.slice(0, 64)}"`);
  }
  const id = type === "pong" ? validId(source.id) ?? "" : idField.read(source.id, "id");
  const fields: Fields = requestFrames[type].fields;
  return { type, id, ...readFields(fields, source) } as Request<RequestType>;
}

/** A frame of a kind that a newer server knows. It may be ignored, but where it has a place in a room, that place is taken. */
export interface UnknownFrame {
  readonly type: "unknown";
  readonly room?: string;
  readonly seq?: number;
}

export type ServerFrame = Answer | Push | Signal | UnknownFrame;

/** Reads a server's line. Throws a Refusal if it is not of this protocol. */
export function decodeServerFrame(line: Uint8Array): ServerFrame {
  const source = parseLine(line);
  const type = typeOf(source);
  if (typeof source.re === "string" || type === "error") return readAnswer(type, source);
  if (isRoomEventType(type)) return { ...readRoomEvent(source), room: roomOf(source) } as Push;
  if (Object.hasOwn(signalFrames, type)) {
    const fields: Fields = signalFrames[type as SignalType].fields;
    return { type, ...readFields(fields, source) } as Signal;
  }
  return unknownFrame(source);
}

function readAnswer(type: string, source: Readonly<Record<string, unknown>>): ServerFrame {
  if (!Object.hasOwn(answerFrames, type)) return { type: "unknown" };
  const re = typeof source.re === "string" ? source.re : undefined;
  const fields: Fields = answerFrames[type as AnswerType].fields;
  return { type, re, ...readFields(fields, source) } as Answer;
}

/** What has a time too is an event: signals may name a message by its `seq`, and have no place of their own. */
function unknownFrame({ room, seq, time }: Readonly<Record<string, unknown>>): UnknownFrame {
  if (typeof room !== "string" || !Number.isSafeInteger(seq) || !Number.isSafeInteger(time)) {
    return { type: "unknown" };
  }
  return { type: "unknown", room, seq: seq as number };
}

function roomOf(source: Readonly<Record<string, unknown>>): string {
  if (typeof source.room === "string") return source.room;
  throw new Refusal("bad_request", 'Field "room" must be a string');
}

function typeOf(source: Readonly<Record<string, unknown>>): string {
  if (typeof source.type === "string") return source.type;
  throw new Refusal("bad_frame", 'A frame must have a string "type"');
}

function validId(id: unknown): string | undefined {
  return isShortString(id, limits.idCharacters) ? id : undefined;
}

function parseLine(line: Uint8Array): Readonly<Record<string, unknown>> {
  if (!nestsWithin(line, limits.jsonDepth)) {
    throw new Refusal("bad_frame", `A frame may be nested at most ${limits.jsonDepth} deep`);
  }
  const value = parseJson(decodeUtf8(line));
  if (!isRecord(value)) throw new Refusal("bad_frame", "A frame must be one JSON object on one line");
  return value;
}

function decodeUtf8(line: Uint8Array): string {
  try {
    return utf8.decode(line);
  } catch {
    throw new Refusal("bad_frame", "A frame must be valid UTF-8", { closes: true });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal("bad_frame", "A frame must be one JSON object on one line");
  }
}
