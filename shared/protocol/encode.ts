/** From a frame to a line. */
import type { Answer } from "./answer_frames.ts";
import type { Push, Signal } from "./event_frames.ts";
import type { Refusal } from "./refusal.ts";
import type { Request } from "./request_frames.ts";

const utf8 = new TextEncoder();

/** One frame as one line with its newline; fields that are undefined are left out. */
export function encode(frame: Answer | Push | Signal | Request): string {
  return JSON.stringify(frame) + "\n";
}

/** Lines as they travel. */
export function toBytes(lines: string): Uint8Array<ArrayBuffer> {
  return utf8.encode(lines);
}

/** The `error` frame that tells a refusal. */
export function errorFrame(refusal: Refusal): Answer<"error"> {
  return {
    type: "error",
    re: refusal.re,
    code: refusal.code,
    message: refusal.message,
    retryAfterMs: refusal.retryAfterMs,
  };
}

/** How many bytes a part of a frame takes on the wire. */
export function encodedBytes(part: unknown): number {
  return toBytes(JSON.stringify(part)).length;
}
