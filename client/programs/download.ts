import { parseRoomLink } from "../../shared/identity/mod.ts";
import { Refusal } from "../../shared/protocol/mod.ts";
import type { Clock } from "../../shared/world/mod.ts";
import type { ProgramSession } from "../entrance/mod.ts";
import { downloadFile, type OfferedFile, transferOver } from "../files/mod.ts";
import { safeText } from "../terminal/mod.ts";
import { exitCodes } from "./exit_codes.ts";
import { progressOn, type Shown } from "./progress.ts";
import { roomNamed } from "./room_named.ts";

export interface DownloadOptions {
  readonly message: MessageWords;
  readonly folder: string;
  readonly shown?: Shown | undefined;
  print(line: string): void;
}

/** A message, and which file of it; all if none is named. */
export interface MessageWords {
  /** A room, or with `@` in front a person. */
  readonly room: string;
  readonly seq: number;
  readonly number?: number | undefined;
}

/** Reads `ROOM SEQ [K]` or `LINK [K]`. Undefined if that is neither. */
export function messageWords(words: readonly string[]): MessageWords | undefined {
  const [first = "", ...others] = words;
  const link = first.includes("://") ? parseRoomLink(first) : undefined;
  const numbers = [...link?.seq === undefined ? [] : [link.seq], ...others.map(Number)];
  const [seq, number] = numbers;
  if (seq === undefined || numbers.length > 2 || !numbers.every(isPlace)) return undefined;
  if (first.includes("://") && link?.seq === undefined) return undefined;
  return { room: link?.room ?? first, seq, number };
}

function isPlace(number: number): boolean {
  return Number.isSafeInteger(number) && number > 0;
}

/** Saves the files of a message, prints their paths, and resolves with the exit code. Rejects as `downloadFile` does. */
export async function download(
  session: ProgramSession,
  { message, folder, shown, print }: DownloadOptions,
  clock: Clock,
): Promise<number> {
  for (const file of await filesOf(session, message)) {
    const progress = progressOn(shown, file.name, clock);
    try {
      const { path } = await downloadFile(
        { ...transferOver(session, clock), tell: progress.tell },
        file,
        folder,
      );
      progress.end();
      print(safeText(path));
    } finally {
      progress.end();
    }
  }
  return exitCodes.done;
}

async function filesOf(
  session: ProgramSession,
  { room: word, seq, number }: MessageWords,
): Promise<readonly OfferedFile[]> {
  const room = await roomNamed(session, word);
  const { messages } = await session.insist<"history">({ type: "history", room, before: seq + 1, limit: 1 });
  const [event] = messages;
  const files = event?.type === "message" && event.seq === seq ? event.files ?? [] : [];
  const meant = number === undefined ? files : files.slice(number - 1, number);
  if (meant.length > 0) return meant;
  const what = number === undefined ? "no file" : `no file ${number}`;
  throw new Refusal("no_such_file", `Message ${seq} of ${room} has ${what}`);
}
