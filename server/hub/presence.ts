import { encode, limits, toBytes } from "../../shared/protocol/mod.ts";
import type { Cancel, Clock } from "../../shared/world/mod.ts";
import type { Account } from "./account.ts";
import type { Outbox } from "./outbox.ts";

/** How long changes gather before they are told; who comes back within it was never away. */
const gatherMs = 250;

/**
 * Who is here. Changes gather, so that a crowd that arrives together costs each reader one write, and rooms above
 * `limits.presenceMembers` are told nothing: their members ask with `who`.
 */
export class Presence {
  readonly #clock: Clock;
  readonly #changed: Set<Account> = new Set();
  /** The accounts that were last told to be online. */
  readonly #toldOnline: Set<Account> = new Set();
  #timer: Cancel | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** To be called when an account's first session opens or its last one ends. */
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
      if (account.online === this.#toldOnline.has(account)) continue;
      if (account.online) this.#toldOnline.add(account);
      else this.#toldOnline.delete(account);
      const status = account.online ? "online" : "offline";
      const line = encode({ type: "presence", username: account.name, status });
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
