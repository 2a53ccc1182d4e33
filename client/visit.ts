import type { ConnectOptions } from "./connect_options.ts";
import { type Connection } from "./connection/mod.ts";
import { type Door, knock } from "./entrance/mod.ts";
import { deviceName } from "./device_name.ts";
import { introductionLines, strangerLines } from "./introduction.ts";
import { Leaving } from "./leaving.ts";
import { askYesOrNo } from "./person.ts";
import { openPlace, type Place } from "./place.ts";
import { signIn } from "./sign_in.ts";
import { readTarget, type Target } from "./target.ts";
import { safeLines } from "./terminal/mod.ts";
import { openTokens } from "./tokens/mod.ts";
import { type ServerIdentity, type TrustedServer, trustServer } from "./trust/mod.ts";
import type { World } from "../shared/world/mod.ts";

/** One run of `chat connect`, with what has to be given back at its end. */
export class Visit {
  readonly #options: ConnectOptions;
  readonly #world: World;
  readonly #leaving = new Leaving();
  #place: Place | undefined;
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
    if (this.#place !== undefined) return this.#place.tell(text);
    Deno.stderr.writeSync(new TextEncoder().encode(`chat: ${safeLines(text).join("\n")}\n`));
  }

  async end(): Promise<void> {
    await this.#connection?.close();
    this.#door?.close();
    await this.#place?.close();
    this.#leaving.stop();
  }

  /** Trust first, then questions, then a session: nothing secret is sent to a server that is not proven. */
  async #meet(): Promise<number> {
    const { target, room, plain, noColor, dataDirectory, folders } = this.#options;
    const whereto = readTarget(target, dataDirectory, this.#world.clock);
    this.#place = openPlace({
      world: this.#world,
      plain,
      colours: !noColor,
      folders,
      leave: (because) => this.#leaving.leave(because),
    });
    const server = await this.#trust(whereto, this.#place);
    this.#connection = await this.#signIn(server, whereto, this.#place);
    const { at } = whereto;
    return await this.#place.talk(this.#connection, { room: room ?? whereto.room, at });
  }

  #trust({ address, pin, reset }: Target, { person }: Place): Promise<TrustedServer> {
    const ask = person && ((identity: ServerIdentity) => {
      person.show(strangerLines(identity));
      return askYesOrNo(person, "Is this the right server?");
    });
    const link = reset === undefined ? "invite" : "reset link";
    return trustServer({ world: this.#world, address, pin, link, data: this.#options.dataDirectory, ask });
  }

  async #signIn(
    server: TrustedServer,
    { invite, reset }: Target,
    { person }: Place,
  ): Promise<Connection> {
    const { dataDirectory, user, password, systemUser } = this.#options;
    const tokens = openTokens(dataDirectory, this.#world.clock);
    this.#door = await knock({
      world: this.#world,
      server,
      tokens,
      data: dataDirectory,
      deviceName: deviceName(),
    });
    person?.show(introductionLines(server, this.#door.hello.name));
    return await signIn({
      door: this.#door,
      clock: this.#world.clock,
      savedNames: tokens.usernames(server.pin),
      invite,
      reset,
      user,
      password,
      systemUser,
      person,
    });
  }
}
