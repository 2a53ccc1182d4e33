import { encode, limits, type Signal, toBytes } from "../../shared/protocol/mod.ts";
import type { Cancel, Clock } from "../../shared/world/mod.ts";
import type { Account } from "./account.ts";
import type { Outbox } from "./outbox.ts";

/** How long news gather before they are told; what changes back within it was never so. */
const gatherMs = 250;

/**
 * What others are told of people. News gather, so that a crowd that arrives together costs each reader one write, and
 * rooms above `limits.presenceMembers` are told nothing: their members ask.
 */
export class PeopleNews {
  readonly #clock: Clock;
  readonly #newsOf: (account: Account) => Signal | undefined;
  readonly #changed: Set<Account> = new Set();
  #timer: Cancel | undefined;

  /** `newsOf` returns what is to be told of somebody now, if there is anything that was not told before. */
  constructor(clock: Clock, newsOf: (account: Account) => Signal | undefined) {
    this.#clock = clock;
    this.#newsOf = newsOf;
  }

  /** To be called when there may be something to tell of this account. */
  changed(account: Account): void {
    this.#changed.add(account);
    this.#timer ??= this.#clock.after(gatherMs, () => this.#tell());
  }

  stop(): void {
    this.#timer?.();
  }

  #tell(): void {
    this.#timer = undefined;
    const lines = new Map<Outbox, string>();
    for (const account of this.#changed) {
      const signal = this.#newsOf(account);
      if (signal === undefined) continue;
      const line = encode(signal);
      for (const outbox of audienceOf(account)) lines.set(outbox, (lines.get(outbox) ?? "") + line);
    }
    this.#changed.clear();
    for (const [outbox, text] of lines) outbox.pushMomentary(toBytes(text));
  }
}

/** The sessions of others that share a room of presence with this account, each once. */
function audienceOf(account: Account): Set<Outbox> {
  const audience = new Set<Outbox>();
  for (const { room } of account.memberships.values()) {
    if (room.members.size > limits.presenceMembers) continue;
    for (const outbox of room.attached) {
      if (!account.sessions.has(outbox)) audience.add(outbox);
    }
  }
  return audience;
}
