import type { Signal } from "../../shared/protocol/mod.ts";
import type { World } from "../../shared/world/mod.ts";
import { type Ask, type Connection, KeptConnection, type Opened, Session } from "../connection/mod.ts";
import { MessageFiles } from "../outbox/mod.ts";
import type { Tokens } from "../tokens/mod.ts";
import { dial, dialAgain, ServerNotTrusted, type TrustedServer } from "../trust/mod.ts";
import { resumeOver } from "./resume_over.ts";

export interface KnockOptions {
  readonly world: World;
  readonly server: TrustedServer;
  readonly tokens: Tokens;
  /** The data directory, in which messages are kept until the server has answered. */
  readonly data: string;
  /** What this machine is called in the person's list of devices. */
  readonly deviceName?: string | undefined;
}

/**
 * A server that waits for somebody to authenticate. After a `Refusal` another try may be made at the same door. The
 * server hangs up on whoever takes long; the next try then connects again, so a person may take any time.
 */
export interface Door {
  /** What the server says of itself. */
  readonly hello: Signal<"auth_required">;
  /**
   * Rejects, as the others do, with `Refusal`, `NoConnection`, `ServerNotTrusted`, `ConnectionLost`, or with
   * `FileTrouble` where the token cannot be saved.
   */
  login(username: string, password: string, code?: string): Promise<Connection>;
  register(username: string, password: string, invite?: string): Promise<Connection>;
  /** Sets a new password with the secret of a reset link, and logs in. */
  redeemReset(secret: string, password: string, code?: string): Promise<Connection>;
  /** With the saved token. A `Refusal` of `token_invalid` where there is none or it is no longer good. */
  resume(username: string): Promise<Connection>;
  close(): void;
}

/** Connects and hears what the server says of itself. Throws `NoConnection` or `ServerNotTrusted`. */
export async function knock(options: KnockOptions): Promise<Door> {
  return new OpenDoor(options, await openSession(options));
}

async function openSession(
  { world, server }: KnockOptions,
  dialling: typeof dial = dial,
): Promise<Session> {
  return new Session(world, await dialling(world, server));
}

class OpenDoor implements Door {
  readonly #options: KnockOptions;
  #session: Session;

  constructor(options: KnockOptions, session: Session) {
    this.#options = options;
    this.#session = session;
  }

  get hello(): Signal<"auth_required"> {
    return this.#session.hello;
  }

  login(username: string, password: string, code?: string): Promise<Connection> {
    const { server, tokens, deviceName } = this.#options;
    const deviceProof = tokens.deviceProof({ pin: server.pin, username: username.toLowerCase() });
    return this.#enter({ type: "login", username, password, code, deviceName, deviceProof });
  }

  register(username: string, password: string, invite?: string): Promise<Connection> {
    const { deviceName } = this.#options;
    return this.#enter({ type: "register", username, password, invite, deviceName });
  }

  redeemReset(secret: string, password: string, code?: string): Promise<Connection> {
    const { deviceName } = this.#options;
    return this.#enter({ type: "redeem_reset", secret, password, code, deviceName });
  }

  async resume(username: string): Promise<Connection> {
    const session = await this.#listeningSession();
    return this.#keep(await resumeOver(session, this.#options, username.toLowerCase()));
  }

  close(): void {
    this.#session.drop("closed");
  }

  async #enter(ask: Ask<"login" | "register" | "redeem_reset">): Promise<Connection> {
    const session = await this.#listeningSession();
    const welcome = await session.request<"login" | "register" | "redeem_reset">(ask);
    const { server, tokens } = this.#options;
    await tokens.keep({ pin: server.pin, username: welcome.user.username }, welcome);
    return this.#keep({ session, welcome });
  }

  async #listeningSession(): Promise<Session> {
    if (this.#session.isOver) this.#session = await openSession(this.#options);
    return this.#session;
  }

  #keep(opened: Opened): Connection {
    const { world, server, tokens, data } = this.#options;
    const { username } = opened.welcome.user;
    return new KeptConnection({
      world,
      address: server.address,
      opened,
      reopen: (username) => this.#reopen(username),
      keepProof: (deviceProof) => tokens.keepProof({ pin: server.pin, username }, deviceProof),
      forget: (token) => tokens.forget({ pin: server.pin, username }, token),
      isHopeless: (cause) => cause instanceof ServerNotTrusted,
      messages: new MessageFiles(data, { pin: server.pin, username }, world),
    });
  }

  async #reopen(username: string): Promise<Opened> {
    const session = await openSession(this.#options, dialAgain);
    try {
      return await resumeOver(session, this.#options, username);
    } catch (cause) {
      session.drop("not resumed");
      throw cause;
    }
  }
}
