import { exitCodeOf, exitCodes, remark } from "./programs/mod.ts";
import { ProgramSession } from "./entrance/mod.ts";
import { CannotSignIn } from "./sign_in.ts";
import { readTarget } from "./target.ts";
import { openTokens } from "./tokens/mod.ts";
import { troubleText } from "./trouble_text.ts";
import { trustUnasked } from "./trust/mod.ts";
import { type BotLink, parseBotLink } from "../shared/identity/mod.ts";
import { userName } from "../shared/protocol/mod.ts";
import type { World } from "../shared/world/mod.ts";

/** Where a program that nobody sits at connects to, and as whom. */
export interface ProgramOptions {
  /** The address of a server; without it that of the bot's token, or the server that `chat connect` would take. */
  readonly target?: string | undefined;
  /** The account whose saved login is used; the last used one if absent. */
  readonly user?: string | undefined;
  readonly dataDirectory: string;
  /** A bot's token as the server gave it out, which goes before saved logins. */
  readonly botToken?: string | undefined;
  /** How long to try again, in milliseconds, when a connection that was there is lost. */
  readonly patienceMs?: number | undefined;
}

const usualPatienceMs = 60_000;

/**
 * Does something in a session of its own, without asking anybody, and resolves with the exit code: what `deed` resolves
 * with, or where it could not be, the code for what it was, which is told on standard error.
 */
export async function asProgram(
  options: ProgramOptions,
  world: World,
  deed: (session: ProgramSession) => Promise<number>,
): Promise<number> {
  let session: ProgramSession | undefined;
  try {
    session = await openSession(options, world);
    return await deed(session);
  } catch (trouble) {
    const text = troubleText(trouble);
    if (text === undefined) throw trouble;
    remark(text);
    return trouble instanceof CannotSignIn ? exitCodes.notLetIn : exitCodeOf(trouble);
  } finally {
    await session?.close();
  }
}

async function openSession(options: ProgramOptions, world: World): Promise<ProgramSession> {
  const { dataDirectory: data, botToken, user, patienceMs = usualPatienceMs } = options;
  const bot = botToken === undefined ? undefined : parseBotLink(botToken);
  const address = bot !== undefined && options.target === undefined
    ? { host: bot.host, port: bot.port }
    : readTarget(options.target, data, world.clock).address;
  const server = await trustUnasked({ world, address, pin: bot?.pin, data });
  const tokens = openTokens(data, world.clock);
  const by = bot === undefined ? { username: savedName(tokens.usernames(server.pin), user) } : byBot(bot);
  return await ProgramSession.open({ world, server, tokens, by, patienceMs });
}

function byBot({ token }: BotLink): { readonly botToken: string } {
  return { botToken: token };
}

function savedName(names: readonly string[], user: string | undefined): string {
  const wanted = user === undefined ? undefined : userName.read(user, "--user");
  const name = names.find((each) => wanted === undefined || each === wanted);
  if (name !== undefined) return name;
  const whose = wanted === undefined ? "No login" : `No login of "${wanted}"`;
  throw new CannotSignIn(
    `${whose} is saved here for this server: log in once with chat connect, or set CHAT_TOKEN to a bot's token`,
  );
}
