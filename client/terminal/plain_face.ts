import type { Asker } from "../commands/mod.ts";
import type { Connection } from "../connection/mod.ts";
import type { World } from "../../shared/world/mod.ts";
import { Conversation } from "./conversation.ts";
import { plainEventLines } from "./plain_lines.ts";
import type { PlainStreams } from "./plain_streams.ts";
import { safeText } from "./safe_text.ts";
import type { Stage } from "./stage.ts";
import { span } from "./styled_line.ts";
import type { Folders } from "./transfers.ts";

export interface PlainFaceOptions {
  readonly world: World;
  readonly connection: Connection;
  readonly streams: PlainStreams;
  /** Whoever sits at both ends; undefined where that is a file or another program. */
  readonly person?: Asker | undefined;
  readonly room?: string | undefined;
  /** The message of that room to be shown first. */
  readonly at?: number | undefined;
  readonly folders: Folders;
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
  const reading = options.person !== undefined
    ? listen(conversation, options.streams)
    : follow(conversation, options.streams);
  return await Promise.race([conversation.over, reading.then(() => conversation.over)]);
}

const pastLinesMax = 20;

function plainStage({ streams, person }: PlainFaceOptions): Stage {
  return {
    asker: person && {
      ask: (question) => person.ask(promptOf(question)),
      askHidden: (question) => person.askHidden(promptOf(question)),
    },
    eventLines: plainEventLines,
    pastLinesMax,
    hasAudience: person !== undefined,
    hasKeys: false,
    holdKeys: () => () => {},
    wait: (name) => {
      if (person !== undefined) streams.remark([[span(`  /${name} waits for the command before it.`)]]);
      return () => {};
    },
    show: (lines) => streams.show(lines),
    remark: (lines) => streams.remark(lines),
    ring: () => streams.ring(),
    refresh: () => {},
    giveBack: () => false,
  };
}

/** A question may hold a name that others gave. */
function promptOf(question: string): string {
  return `  ${safeText(question)}: `;
}

const notText = "That line is not UTF-8, so nothing of it was sent";

/** A person is heard at any time, but while they are asked something. */
async function listen(conversation: Conversation, { input }: PlainStreams): Promise<void> {
  for (let line = await input.next(); line !== undefined; line = await input.next()) {
    if (line.text === undefined) conversation.refuse(notText);
    else if (conversation.enter(line.text)) await conversation.agenda.done;
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
