import { limits, Refusal, type Request, type RequestType } from "../../shared/protocol/mod.ts";
import { Bucket } from "./bucket.ts";

/** Whoever is too fast waits for at least so long, in milliseconds: else many sessions would all try again at once. */
const waitMsMin = 500;

const encoder = new TextEncoder();

/** Whether it carries bytes of a file, which have a pace of their own. */
export function isTransfer(type: RequestType | undefined): boolean {
  return type === "put" || type === "get";
}

/** How fast one account may ask, on all its sessions together. */
export class AccountPace {
  readonly #requests = new Bucket(limits.accountRequestBurst, limits.accountRequestsPerSecond);
  readonly #messages = new Bucket(limits.accountMessageBurst, limits.accountMessagesPerSecond);
  readonly #searches = new Bucket(limits.accountSearchBurst, limits.accountSearchesPerSecond);
  readonly #fileBytes = new Bucket(limits.fileBurstBytes, limits.fileBytesPerSecond);
  readonly #textBytes = new Bucket(limits.accountTextBurstBytes, limits.accountTextBytesPerSecond);

  /** Throws `rate_limited` if this comes too early; a line that is no request counts as one. `now` is monotonic, in milliseconds. */
  take(request: Request | undefined, now: number): void {
    if (isTransfer(request?.type)) return;
    const waitMs = this.#requests.take(now) || (request === undefined ? 0 : this.#takeWork(request, now));
    if (waitMs === 0) return;
    throw new Refusal("rate_limited", "Your sessions together are too fast for this server. Wait a moment", {
      retryAfterMs: Math.max(waitMsMin, Math.ceil(waitMs)),
    });
  }

  /** How long a chunk of a file must wait, in milliseconds; where that is 0 it counts from now on. */
  takeChunk(now: number): number {
    return this.#fileBytes.take(now, limits.chunkBytes);
  }

  /** What takes the server longer, or room on its disk. */
  #takeWork(request: Request, now: number): number {
    switch (request.type) {
      case "send":
      case "edit":
        return this.#messages.take(now) || this.#takeText(request.text, now);
      case "draft":
        return this.#takeText(request.text, now);
      case "search":
      // Looks at every thread that the account follows, of which there may be any number.
      case "threads":
        return this.#searches.take(now);
      default:
        return 0;
    }
  }

  #takeText(text: string, now: number): number {
    return this.#textBytes.take(now, encoder.encode(text).length);
  }
}

/** The pace of each account, as long as the account is there. */
export class AccountPaces {
  readonly #paces: WeakMap<object, AccountPace> = new WeakMap();

  of(account: object): AccountPace {
    const known = this.#paces.get(account);
    if (known !== undefined) return known;
    const pace = new AccountPace();
    this.#paces.set(account, pace);
    return pace;
  }
}
