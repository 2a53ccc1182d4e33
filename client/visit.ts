import type { ConnectOptions } from "./connect_options.ts";
import { type Connection, type Door, knock } from "./connection/mod.ts";
import { introductionLines, strangerLines } from "./introduction.ts";
import { Leaving } from "./leaving.ts";
import { askYesOrNo } from "./person.ts";
import { signIn } from "./sign_in.ts";
import { readTarget, type Target } from "./target.ts";
import { safeLines, span, talkLive, talkPlain, Terminal, wrap } from "./terminal/mod.ts";
import { openTokens } from "./tokens/mod.ts";
import { type TrustedServer, trustServer } from "./trust/mod.ts";
import type { World } from "../shared/world/mod.ts";

/** One run of `chat connect`, with what has to be given back at its end. */
export class Visit {
  readonly #options: ConnectOptions;
  readonly #world: World;
  readonly #leaving = new Leaving();
  readonly #hasPerson = Deno.stdin.isTerminal() && Deno.stdout.isTerminal();
  #terminal: Terminal | undefined;
  #door: Door | undefined;
  #connection: Connection | undefined;

  constructor(options: ConnectOptions, world: World) {
    this.#options = options;
    this.#world = world;
  }

  /** Resolves with the exit code. Throws what `troubleText` has a text for. */
  run(): Promise<number> {
    return Promise.race([this.#leaving.code, this.#meet()]);
  }

  /** Says why it could not be. */
  tell(text: string): void {
    const terminal = this.#terminal;
    if (terminal !== undefined) {
      const rows = safeLines(text).flatMap((line) => wrap(line, terminal.columns - 3));
      terminal.show(rows.map((row) => [span(`  ${row}`)]));
    } else {
      Deno.stderr.writeSync(new TextEncoder().encode(`chat: ${safeLines(text).join("\n")}\n`));
    }
  }

  async end(): Promise<void> {
    await this.#connection?.close();
    this.#door?.close();
    await this.#terminal?.close();
    this.#leaving.stop();
  }

  /** Trust first, then questions, then a session: nothing secret is sent to a server that is not proven. */
  async #meet(): Promise<number> {
    const target = readTarget(this.#options.target);
    this.#terminal = this.#hasPerson ? this.#openTerminal() : undefined;
    const server = await this.#trust(target);
    this.#connection = await this.#signIn(server, target.secret);
    return await this.#talk(this.#connection);
  }

  #openTerminal(): Terminal {
    return new Terminal({
      world: this.#world,
      colours: !this.#options.noColor && !this.#options.plain,
      onInterrupt: () => this.#leaving.leave("SIGINT"),
      onGone: () => this.#leaving.leave("SIGHUP"),
    });
  }

  #trust({ address, pin }: Target): Promise<TrustedServer> {
    const person = this.#terminal;
    const ask = person && ((identity: Parameters<typeof strangerLines>[0]) => {
      person.show(strangerLines(identity));
      return askYesOrNo(person, "Is this the right server?");
    });
    return trustServer({ world: this.#world, address, pin, data: this.#options.dataDirectory, ask });
  }

  async #signIn(server: TrustedServer, invite: string | undefined): Promise<Connection> {
    const { dataDirectory, user, password, systemUser } = this.#options;
    const tokens = openTokens(dataDirectory, this.#world.clock);
    this.#door = await knock({ world: this.#world, server, tokens, data: dataDirectory });
    this.#terminal?.show(introductionLines(server, this.#door.hello.name));
    return await signIn({
      door: this.#door,
      clock: this.#world.clock,
      savedNames: tokens.usernames(server.pin),
      invite,
      user,
      password,
      systemUser,
      person: this.#terminal,
    });
  }

  async #talk(connection: Connection): Promise<number> {
    const talk = { world: this.#world, connection, room: this.#options.room };
    if (this.#terminal === undefined) return await talkPlain({ ...talk, hasAudience: false });
    if (!this.#options.plain) return await talkLive({ ...talk, terminal: this.#terminal });
    await this.#terminal.close();
    this.#terminal = undefined;
    return await talkPlain({ ...talk, hasAudience: true });
  }
}
