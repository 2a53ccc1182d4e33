import type { Connection } from "../connection/mod.ts";
import type { World } from "../../shared/world/mod.ts";
import { Conversation } from "./conversation.ts";
import { plainEventLines } from "./plain_lines.ts";
import type { PlainStreams } from "./plain_streams.ts";
import type { Stage } from "./stage.ts";

export interface PlainFaceOptions {
  readonly world: World;
  readonly connection: Connection;
  readonly streams: PlainStreams;
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
  const conversation = new Conversation({ ...options, stage: plainStage(options) });
  conversation.begin();
  void options.streams.output.broken.then(() => conversation.abandon());
  const reading = options.hasAudience
    ? listen(conversation, options.streams)
    : follow(conversation, options.streams);
  return await Promise.race([conversation.over, reading.then(() => conversation.over)]);
}

const pastLinesMax = 20;

function plainStage({ streams, hasAudience }: PlainFaceOptions): Stage {
  return {
    eventLines: plainEventLines,
    pastLinesMax,
    hasAudience,
    hasKeys: false,
    show: (lines) => streams.show(lines),
    remark: (lines) => streams.remark(lines),
    refresh: () => {},
    giveBack: () => {},
  };
}

const notText = "That line is not UTF-8, so nothing of it was sent";

/** A person is heard at any time. */
async function listen(conversation: Conversation, { input }: PlainStreams): Promise<void> {
  for (let line = await input.next(); line !== undefined; line = await input.next()) {
    if (line.text === undefined) conversation.refuse(notText);
    else conversation.enter(line.text);
  }
  await conversation.quit();
}

/** So many messages may be on their way before further input is read. */
const unsentMax = 50;

/** Each line of a pipe is done before the next one is read. */
async function follow(conversation: Conversation, { input }: PlainStreams): Promise<void> {
  for (let line = await input.next(); line !== undefined; line = await input.next()) {
    if (line.text === undefined) conversation.refuse(notText);
    else conversation.enter(line.text);
    await conversation.agenda.done;
    if (conversation.outgoing.unsent.length >= unsentMax) await conversation.outgoing.settled();
  }
  await conversation.finish();
}
