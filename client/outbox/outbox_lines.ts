/** The text of a file of the outbox: a JSON line for each message that was said, and one for each that was answered. */

import type { Said } from "../connection/mod.ts";

/** Who said it, and to which server, known by the pin of its authority. */
export interface Owner {
  readonly pin: string;
  readonly username: string;
}

export function saidLine({ pin, username }: Owner, said: Said): string {
  return JSON.stringify({ pin, username, ...partsOf(said) }) + "\n";
}

export function answeredLine(nonce: string): string {
  return JSON.stringify({ answered: nonce }) + "\n";
}

/**
 * The messages in a file's text that have no answer, by nonce, in their order; undefined if somebody else said any of
 * them. A line that a crash has torn is skipped: it was not on disk, so nothing of it has been sent either.
 */
export function readOutboxLines(text: string, owner: Owner): Map<string, Said> | undefined {
  const unanswered = new Map<string, Said>();
  for (const value of text.split("\n").map(parse)) {
    if (isAnswered(value)) unanswered.delete(value.answered);
    if (!isSaid(value)) continue;
    if (value.pin !== owner.pin || value.username !== owner.username) return undefined;
    unanswered.set(value.nonce, partsOf(value));
  }
  return unanswered;
}

/** What is not there is left out. */
function partsOf({ room, text, thread, quote, files, lifeMs, nonce, time }: Said): Said {
  const place = Object.entries({ thread, quote, files, lifeMs }).filter(([, value]) => value !== undefined);
  return { room, text, ...Object.fromEntries(place), nonce, time };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function isAnswered(value: unknown): value is { readonly answered: string } {
  return typeof value === "object" && value !== null &&
    "answered" in value && typeof value.answered === "string";
}

function isSaid(value: unknown): value is Owner & Said {
  return typeof value === "object" && value !== null &&
    "pin" in value && typeof value.pin === "string" &&
    "username" in value && typeof value.username === "string" &&
    "room" in value && typeof value.room === "string" &&
    "text" in value && typeof value.text === "string" &&
    "nonce" in value && typeof value.nonce === "string" &&
    "time" in value && typeof value.time === "number" &&
    (!("thread" in value) || typeof value.thread === "number") &&
    (!("quote" in value) || typeof value.quote === "number") &&
    (!("files" in value) || isTexts(value.files)) &&
    (!("lifeMs" in value) || typeof value.lifeMs === "number");
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((each) => typeof each === "string");
}
