import { limits, Refusal, type RequestType } from "../../shared/protocol/mod.ts";
import { isTransfer } from "./account_pace.ts";
import { Bucket } from "./bucket.ts";

/** A break of this length, in milliseconds, ends a flood. */
const pauseMs = 1_000;

/** How fast one session may ask: a bucket for all requests but those that carry files, one for messages and one for searches. */
export class Pace {
  readonly #requests = new Bucket(limits.requestBurst, limits.requestsPerSecond);
  readonly #messages = new Bucket(limits.messageBurst, limits.messagesPerSecond);
  readonly #searches = new Bucket(limits.searchBurst, limits.searchesPerSecond);
  #floodSince = -Infinity;
  #refusedAt = -Infinity;

  /** Throws `rate_limited` if this request comes too early. `now` is monotonic, in milliseconds. */
  take(type: RequestType | undefined, now: number): void {
    if (isTransfer(type)) return;
    const waitMs = this.#requests.take(now) || (this.#bucketOf(type)?.take(now) ?? 0);
    if (waitMs === 0) return;
    if (now - this.#refusedAt > pauseMs) this.#floodSince = now;
    this.#refusedAt = now;
    throw new Refusal("rate_limited", "You are too fast for this server. Wait a moment", {
      retryAfterMs: Math.ceil(waitMs),
    });
  }

  #bucketOf(type: RequestType | undefined): Bucket | undefined {
    if (type === "send" || type === "edit") return this.#messages;
    return type === "search" || type === "threads" ? this.#searches : undefined;
  }

  /** Whether requests have been refused for so long without a break that the session must end. */
  isFlood(now: number): boolean {
    return now - this.#refusedAt <= pauseMs && now - this.#floodSince > limits.floodMs;
  }
}
