import { limits, Refusal, textFault } from "../../shared/protocol/mod.ts";
import type { World } from "../../shared/world/mod.ts";
import { ConnectionLost } from "../connection/mod.ts";
import { type ProgramSession } from "../entrance/mod.ts";
import { exitCodes } from "./exit_codes.ts";
import { messagesIn, textsOf } from "./input_texts.ts";
import { nonceFrom } from "./nonce_from.ts";
import { roomNamed } from "./room_named.ts";

export interface SendOptions {
  /** A room, or with `@` in front a person. */
  readonly room: string;
  /** What stood behind it; `input` is read where that is nothing. */
  readonly words: readonly string[];
  readonly input: ReadableStream<Uint8Array>;
  /** Whether each line of the input is a message of its own. */
  readonly lines: boolean;
  /** The number of the message that this replies to. */
  readonly thread?: number | undefined;
  /** A word by which the server knows a message that was sent before, so that a script may safely try again. */
  readonly once?: string | undefined;
}

/** Says something and resolves with the exit code when the server has it on its disk. Rejects as `ProgramSession.insist` does. */
export async function send(session: ProgramSession, options: SendOptions, world: World): Promise<number> {
  const { lines, thread, once } = options;
  if (once !== undefined && (lines || once === "" || once.length > limits.nonceCharacters)) {
    throw new Refusal(
      "bad_request",
      `--once takes 1 to ${limits.nonceCharacters} characters, and one message`,
    );
  }
  const texts = options.words.length > 0
    ? textsOf(options.words.join(" "), lines)
    : messagesIn(options.input, lines);
  let room: string | undefined, count = 0;
  for await (const text of texts) {
    count++;
    refuseUnsayable(text, lines ? count : undefined);
    room ??= await roomNamed(session, options.room);
    const nonce = once ?? nonceFrom(world);
    await untilAnswered(session.insist<"send">({ type: "send", room, text, thread, nonce }), count);
  }
  if (count === 0) throw new Refusal("text_invalid", "There was nothing to send");
  return exitCodes.done;
}

function refuseUnsayable(text: string, line: number | undefined): void {
  const fault = textFault(text, limits.textCodePoints);
  if (fault === undefined) return;
  const what = line === undefined ? "The message" : `Line ${line}`;
  const before = line === undefined ? "Nothing was sent" : "What stands before it was sent";
  const wayOut = line === undefined && fault.includes("longer")
    ? ", or send each line by itself with --lines"
    : "";
  throw new Refusal("text_invalid", `${what} ${fault}. ${before}: mend it${wayOut}`);
}

async function untilAnswered(answering: Promise<unknown>, count: number): Promise<void> {
  try {
    await answering;
  } catch (cause) {
    if (!(cause instanceof ConnectionLost)) throw cause;
    throw new ConnectionLost(
      `The connection was lost, and it is not known whether message ${count} was stored. With --once a second try is safe`,
    );
  }
}
