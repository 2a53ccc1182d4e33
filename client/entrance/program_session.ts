import type { Answer } from "../../shared/protocol/mod.ts";
import type { Cancel, World } from "../../shared/world/mod.ts";
import type { ServerAddress } from "../../shared/identity/mod.ts";
import {
  type AnswerTo,
  type Ask,
  type AskType,
  backOffMs,
  ConnectionLost,
  type Opened,
  patienceMs,
  Session,
  type SessionEnd,
  type Unasked,
} from "../connection/mod.ts";
import type { Tokens } from "../tokens/mod.ts";
import { dialAgain, NoConnection, type TrustedServer } from "../trust/mod.ts";
import { resumeOver } from "./resume_over.ts";

/** Time for a server to take its leave. */
const closeMsMax = 2_000;

/** A session that lasted so long was a success, after which waiting starts anew. */
const successMs = 30_000;

export interface ProgramSessionOptions {
  readonly world: World;
  readonly server: TrustedServer;
  readonly tokens: Tokens;
  /** The account whose saved login opens the session, or the token of a bot. */
  readonly by: { readonly username: string } | { readonly botToken: string };
  /** How long to try, in milliseconds, when the server cannot be reached any more or asks for patience. */
  readonly patienceMs: number;
}

/** What a program may ask. Whatever may be repeated without harm, such as a `send` with its `nonce`, is asked by `insist`. */
export type ProgramAskType = AskType | "send";

/**
 * A session without a person: nobody is asked for anything, nothing is fetched beforehand, and no outbox is kept. It is
 * opened by a saved login, beside other programs that use the same one, or by a bot's token. When it is lost, the
 * next request opens it again.
 */
export class ProgramSession {
  readonly address: ServerAddress;
  readonly #options: ProgramSessionOptions;
  #opened: Opened;
  #opening: Promise<Opened> | undefined;
  #openedAt: number;
  #failures = 0;
  #lost: PromiseWithResolvers<SessionEnd> = Promise.withResolvers();
  #hear: (frame: Unasked) => void = () => {};
  #isClosed = false;

  private constructor(options: ProgramSessionOptions, opened: Opened) {
    this.address = options.server.address;
    this.#options = options;
    this.#opened = opened;
    this.#openedAt = this.#now();
    this.#listen();
  }

  /**
   * Connects and comes in, trying once. Rejects with `Refusal`, `NoConnection`, `ServerNotTrusted`, `ConnectionLost`, or
   * with `FileTrouble` where the next token cannot be saved.
   */
  static async open(options: ProgramSessionOptions): Promise<ProgramSession> {
    return new ProgramSession(options, await comeIn(options));
  }

  /** What the server said when the session was last opened. */
  get welcome(): Answer<"auth_success"> {
    return this.#opened.welcome;
  }

  /** Resolves when the session is lost, until which nothing is missed of what the server says unasked. */
  get lost(): Promise<SessionEnd> {
    return this.#lost.promise;
  }

  /** Takes what the server says unasked, of this session and of later ones. */
  listen(hear: (frame: Unasked) => void): void {
    this.#hear = hear;
  }

  /**
   * Asks once. Rejects with `Refusal` where the server says no, with `ConnectionLost` where it is not known what became of
   * it, and as `open` does where the session was lost before and cannot be opened again.
   */
  async request<T extends ProgramAskType>(ask: Ask<T>): Promise<AnswerTo<T>> {
    return await (await this.#current()).request<T>(ask);
  }

  /** Asks until there is an answer, with patience where the server asks for it. Rejects as `request` does when time is over. */
  async insist<T extends ProgramAskType>(ask: Ask<T>): Promise<AnswerTo<T>> {
    const until = this.#now() + this.#options.patienceMs;
    for (;;) {
      try {
        return await this.request<T>(ask);
      } catch (cause) {
        const waitMs = cause instanceof ConnectionLost ? 0 : patienceMs(cause);
        if (waitMs === undefined || this.#isClosed || this.#now() + waitMs >= until) throw cause;
        await this.#options.world.clock.sleep(waitMs);
      }
    }
  }

  /** Opens the session again if it was lost; it can be opened by any request as well. Rejects as `open` does. */
  async reopen(): Promise<void> {
    await this.#current();
  }

  /** Says `quit` and closes, within two seconds. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const { session } = this.#opened;
    const cancel: Cancel = this.#options.world.clock.after(closeMsMax, () => session.drop("closed"));
    await session.quit();
    cancel();
  }

  async #current(): Promise<Session> {
    if (this.#isClosed) throw new ConnectionLost("The connection has ended");
    if (!this.#opened.session.isOver) return this.#opened.session;
    this.#opening ??= this.#openAgain().finally(() => this.#opening = undefined);
    return (await this.#opening).session;
  }

  async #openAgain(): Promise<Opened> {
    const { world: { clock, chance } } = this.#options;
    const until = this.#now() + this.#options.patienceMs;
    const { retryAfterMs } = await this.lost;
    if (this.#now() - this.#openedAt >= successMs) this.#failures = 0;
    for (let leastMs = retryAfterMs;;) {
      await clock.sleep(Math.min(backOffMs(chance, this.#failures++, leastMs), until - this.#now()));
      try {
        return this.#adopt(await comeIn(this.#options));
      } catch (cause) {
        leastMs = patienceMs(cause);
        const isFinal = leastMs === undefined &&
          !(cause instanceof NoConnection || cause instanceof ConnectionLost);
        if (isFinal || this.#isClosed || this.#now() >= until) throw cause;
      }
    }
  }

  #adopt(opened: Opened): Opened {
    this.#opened = opened;
    this.#openedAt = this.#now();
    this.#lost = Promise.withResolvers();
    this.#listen();
    return opened;
  }

  #listen(): void {
    const { resolve } = this.#lost;
    this.#opened.session.listen({ hear: (frame) => this.#hear(frame), ended: resolve });
  }

  #now(): number {
    return this.#options.world.clock.monotonic();
  }
}

async function comeIn({ world, server, tokens, by }: ProgramSessionOptions): Promise<Opened> {
  const session = new Session(world, await dialAgain(world, server));
  try {
    if ("username" in by) return await resumeOver(session, { server, tokens }, by.username);
    const welcome = await session.request<"bot_login">({ type: "bot_login", token: by.botToken });
    return { session, welcome };
  } catch (cause) {
    session.drop("not let in");
    throw cause;
  }
}
