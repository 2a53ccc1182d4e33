import type { Connection } from "../connection/mod.ts";
import type { World } from "../../shared/world/mod.ts";
import { Conversation } from "./conversation.ts";
import { plainEventLines } from "./plain_lines.ts";
import type { Stage } from "./stage.ts";
import { type Line, paint } from "./styled_line.ts";
import { TextOutput } from "./text_output.ts";

export interface PlainFaceOptions {
  readonly world: World;
  readonly connection: Connection;
  /** Whether a person sits at both ends, and not a file or another program. */
  readonly hasAudience: boolean;
  readonly room?: string | undefined;
}

/**
 * Takes whole lines from standard input and prints whole lines, nothing ever twice or over another: for pipes, and for
 * people who have lines read to them. Resolves with the exit code when the input has ended and all was acknowledged,
 * or nobody reads any more.
 */
export async function talkPlain(options: PlainFaceOptions): Promise<number> {
  const output = new TextOutput(Deno.stdout);
  const remarks = options.hasAudience ? output : new TextOutput(Deno.stderr);
  const conversation = new Conversation({ ...options, stage: plainStage(options, output, remarks) });
  conversation.begin();
  const reading = readLines(conversation, options.hasAudience);
  void output.broken.then(() => conversation.abandon());
  const code = await Promise.race([conversation.over, reading.then(() => conversation.over)]);
  await Promise.all([output.drained(), remarks.drained()]);
  return code;
}

const pastLinesMax = 20;

function plainStage({ hasAudience }: PlainFaceOptions, output: TextOutput, remarks: TextOutput): Stage {
  return {
    eventLines: plainEventLines,
    pastLinesMax,
    hasAudience,
    show: (lines) => output.write(plainText(lines)),
    remark: (lines) => remarks.write(plainText(lines)),
    refresh: () => {},
    giveBack: () => {},
  };
}

function plainText(lines: readonly Line[]): string {
  return lines.map((line) => paint(line, false) + "\n").join("");
}

/** So many messages may be on their way before further input is read. */
const unsentMax = 50;

async function readLines(conversation: Conversation, hasAudience: boolean): Promise<void> {
  for await (const line of linesOf(Deno.stdin.readable)) {
    conversation.enter(line);
    if (conversation.outgoing.unsent.length >= unsentMax) await conversation.outgoing.settled();
  }
  if (hasAudience) await conversation.quit();
  else await conversation.finish();
}

async function* linesOf(bytes: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncIterable<string> {
  let rest = "";
  for await (const text of bytes.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split(/\r?\n/);
    rest = lines.pop() ?? "";
    yield* lines;
  }
  if (rest !== "") yield rest;
}
