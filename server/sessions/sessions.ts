import type { Cancel } from "../../shared/world/mod.ts";
import type { Sink } from "../hub/mod.ts";
import { AccountPaces } from "./account_pace.ts";
import { Session, type Surroundings, type Whence } from "./session.ts";
import { Strangers } from "./strangers.ts";

/** How often time limits are looked at, in milliseconds. One timer for all sessions: thousands of timers would cost more. */
const sweepMs = 1_000;

/** Every open session. */
export class Sessions {
  readonly #shared: Surroundings;
  readonly #open: Set<Session> = new Set();
  readonly #strangers: Strangers;
  readonly #accountPaces: AccountPaces = new AccountPaces();
  readonly #stopSweeping: Cancel;
  #closing = false;
  #whenEmpty: (() => void) | undefined;

  constructor(shared: Surroundings) {
    this.#shared = shared;
    const { clock } = shared.world;
    this.#strangers = new Strangers(clock, { bounded: shared.paced, connectionsMax: shared.connectionsMax });
    this.#stopSweeping = clock.every(sweepMs, () => {
      const now = clock.monotonic();
      this.#strangers.sweep();
      for (const session of this.#open) session.sweep(now);
    });
  }

  open(sink: Sink, from: Whence): Session {
    const neighbours = { strangers: this.#strangers, accountPaces: this.#accountPaces };
    const session = new Session(this.#shared, neighbours, sink, from);
    this.#open.add(session);
    if (this.#closing) session.abort();
    return session;
  }

  /** To be called when a session's connection has ended. */
  ended(session: Session): void {
    session.ended();
    this.#open.delete(session);
    if (this.#open.size === 0) this.#whenEmpty?.();
  }

  /** Says goodbye to everybody; after at most `graceMs` milliseconds the rest is cut off. */
  async close(graceMs: number): Promise<void> {
    this.#closing = true;
    this.#stopSweeping();
    const { clock, chance } = this.#shared.world;
    this.#shared.hub.journal.commit();
    for (const session of this.#open) {
      // Clients are spread when they come back. They add up to half a second, and shall be here again within three.
      const retryAfterMs = 500 + Math.floor(1_500 * chance.fraction());
      session.end("shutting_down", "The server is stopping. Connect again in a moment", retryAfterMs);
    }
    if (this.#open.size === 0) return;
    const empty = new Promise<void>((resolve) => this.#whenEmpty = resolve);
    const cancel = clock.after(graceMs, () => {
      for (const session of this.#open) session.abort();
    });
    await empty;
    cancel();
  }
}
