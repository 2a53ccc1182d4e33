import type { Cancel, Clock } from "../../shared/world/mod.ts";
import type { Journal } from "./journal.ts";

/** How long ends of sessions gather before they are stored: when a crowd leaves together, that is one commit. */
const gatherMs = 1_000;

/** When each login was last connected. A session that is open is seen now; its end is what is written down. */
export class LastSeen {
  readonly #clock: Clock;
  readonly #journal: Journal;
  /** Times that are not yet stored, by login id. */
  readonly #times: Map<string, number> = new Map();
  #timer: Cancel | undefined;

  constructor(clock: Clock, journal: Journal) {
    this.#clock = clock;
    this.#journal = journal;
  }

  /** To be called when a session of this login ends. */
  note(loginId: string): void {
    this.#times.set(loginId, this.#clock.now());
    this.#timer ??= this.#clock.after(gatherMs, () => this.flush());
  }

  /** Hands what has gathered to the journal. */
  flush(): void {
    this.#timer?.();
    this.#timer = undefined;
    if (this.#times.size === 0) return;
    const changes = [...this.#times].map(([id, time]) => ({ kind: "login_seen" as const, id, time }));
    this.#times.clear();
    // If it cannot be stored, the login stays as it was last seen before: nobody waits for it.
    this.#journal.add({ changes, committed: () => {}, failed: () => {} });
  }
}
