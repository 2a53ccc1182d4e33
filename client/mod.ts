/**
 * The client: from an address to a conversation. The one place where its rooms are put together. Imports `shared/` and
 * all rooms of `client/`.
 */
import type { ConnectOptions } from "./connect_options.ts";
import { troubleText } from "./trouble_text.ts";
import { Visit } from "./visit.ts";
import type { World } from "../shared/world/mod.ts";

export type { ConnectOptions } from "./connect_options.ts";
export type { Folders } from "./terminal/mod.ts";
export { asProgram, type ProgramOptions } from "./program.ts";
export { exportOwn, type OwnExported } from "./exporting/mod.ts";
export {
  download,
  exitCodes,
  messageWords,
  progressLine,
  send,
  type SendOptions,
  tail,
  type TailOptions,
  unread,
  type UnreadOptions,
  upload,
} from "./programs/mod.ts";
export { openQuestions, type TerminalQuestions } from "./questions.ts";

/**
 * Connects, signs in and talks until the end. Resolves with the exit code. The caller then ends the process, since a
 * read of standard input cannot be taken back.
 */
export async function connect(options: ConnectOptions, world: World): Promise<number> {
  const visit = new Visit(options, world);
  try {
    return await visit.run();
  } catch (trouble) {
    const text = troubleText(trouble);
    if (text === undefined) throw trouble;
    visit.tell(text);
    return 1;
  } finally {
    await visit.end();
  }
}
