import { encode, limits, toBytes } from "../../shared/protocol/mod.ts";
import type { Clock } from "../../shared/world/mod.ts";

/** Where one connection's bytes go. A door implements it. */
export interface Sink {
  /** Resolves with how many bytes have left, at least one; rejects when the connection is gone. One call at a time. */
  write(bytes: Uint8Array): Promise<number>;
  /** Ends the connection in an orderly way. */
  close(): void;
  /** Ends the connection at once, whatever the other side does. */
  abort(): void;
}

/** Time that a last line has to leave before the connection is aborted. */
const lastLineMs = 2_000;

const slowConsumer = toBytes(encode({
  type: "bye",
  code: "slow_consumer",
  message: "You read more slowly than the room talks. Connect again and resume: nothing is lost",
  retryAfterMs: 1_000,
}));

/**
 * What waits for one reader: one write under way at a time, and what gathers meanwhile is joined into the next.
 * A slow reader is never waited for: above the soft bound what is only momentary is dropped, at the hard bound the
 * reader is cut off.
 */
export class Outbox {
  readonly #sink: Sink;
  readonly #clock: Clock;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #draining = false;
  /** When the write under way began. */
  #writingSince: number | undefined;
  /** Set when no more may be added: the time by which everything must have left. */
  #endBy: number | undefined;
  #gone = false;
  #relieved: PromiseWithResolvers<void> | undefined;

  constructor(sink: Sink, clock: Clock) {
    this.#sink = sink;
    this.#clock = clock;
  }

  /** Whether the connection ends, or has ended: nothing more can be said. */
  get ending(): boolean {
    return this.#gone || this.#endBy !== undefined;
  }

  /** Adds bytes of whole lines. They may be shared with other outboxes and are never changed. */
  push(bytes: Uint8Array): void {
    if (this.ending) return;
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
    if (this.#draining) {
      // What one turn has to say may be much; only what waits behind a write tells of a slow reader.
      if (this.#writingSince !== undefined && this.#waitingBytes > limits.outboxHardBytes) this.#cutOff();
      return;
    }
    this.#draining = true;
    // The rest of this turn's lines shall leave in the same write.
    queueMicrotask(() => this.#drain());
  }

  /** Adds lines that are worthless later: they are dropped when the reader is behind. */
  pushMomentary(bytes: Uint8Array): void {
    if (this.#waitingBytes + bytes.length <= limits.outboxSoftBytes) this.push(bytes);
  }

  /**
   * Resolves when what waits is on its way; undefined while it is little. Whoever asks for much is heard again only
   * when it has read the answers: it shall not be cut off for them.
   */
  relief(): Promise<void> | undefined {
    if (this.#waitingBytes <= limits.outboxSoftBytes) return undefined;
    this.#relieved ??= Promise.withResolvers();
    return this.#relieved.promise;
  }

  /** Lets what waits leave, then `last`, then ends the connection. */
  end(last?: Uint8Array): void {
    if (this.ending) return;
    if (last !== undefined) this.push(last);
    this.#endBy = this.#clock.monotonic() + lastLineMs;
    if (!this.#draining) this.#close();
  }

  /** To be called about once a second: cuts off a reader whose write has stood still for too long. */
  sweep(now: number): void {
    if (this.#gone) return;
    const stalled = this.#writingSince !== undefined && now - this.#writingSince > limits.stalledWriteMs;
    const overdue = this.#endBy !== undefined && now > this.#endBy;
    if (stalled || overdue) this.abort();
  }

  /** Ends the connection at once; nothing that waits will leave. */
  abort(): void {
    if (this.#gone) return;
    this.#forget();
    this.#sink.abort();
  }

  #cutOff(): void {
    this.#empty();
    this.#waiting.push(slowConsumer);
    this.#waitingBytes = slowConsumer.length;
    this.#endBy = this.#clock.monotonic() + lastLineMs;
  }

  async #drain(): Promise<void> {
    try {
      while (this.#waiting.length > 0) {
        let bytes = this.#take();
        while (bytes.length > 0) {
          this.#writingSince = this.#clock.monotonic();
          bytes = bytes.subarray(await this.#sink.write(bytes));
        }
        this.#writingSince = undefined;
      }
    } catch {
      // The other side is gone; the door notices it in its reading and ends the session there.
      this.#forget();
    }
    this.#draining = false;
    if (this.#endBy !== undefined) this.#close();
  }

  #take(): Uint8Array {
    const [first] = this.#waiting;
    const bytes = this.#waiting.length === 1 && first !== undefined
      ? first
      : join(this.#waiting, this.#waitingBytes);
    this.#empty();
    return bytes;
  }

  #empty(): void {
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#relieved?.resolve();
    this.#relieved = undefined;
  }

  #close(): void {
    if (this.#gone) return;
    this.#forget();
    this.#sink.close();
  }

  #forget(): void {
    this.#gone = true;
    this.#empty();
    this.#writingSince = undefined;
  }
}

function join(chunks: readonly Uint8Array[], bytes: number): Uint8Array {
  const joined = new Uint8Array(bytes);
  let at = 0;
  for (const chunk of chunks) {
    joined.set(chunk, at);
    at += chunk.length;
  }
  return joined;
}
