import {
  type AnswerTo,
  type Ask,
  type AskType,
  type Connection,
  ConnectionLost,
  patienceMs,
} from "../connection/mod.ts";
import { Refusal } from "../../shared/protocol/mod.ts";
import type { Clock } from "../../shared/world/mod.ts";

/** How far a file has come, in bytes. */
export interface TransferProgress {
  /** It is read and its SHA-256 reckoned on this machine, or it is on its way. */
  readonly step: "checking" | "moving";
  readonly done: number;
  readonly total: number;
}

/** What a file is moved with. */
export interface Transfer {
  readonly connection: Pick<Connection, "request" | "opened">;
  readonly clock: Clock;
  /** Ends it. What has come so far stays, for the next time. */
  readonly signal?: AbortSignal | undefined;
  /** Told often: after each chunk. */
  readonly tell?: ((progress: TransferProgress) => void) | undefined;
}

class Stopped extends Error {
  override readonly name = "Stopped";
}

/** Ends the transfer that has the signal of this controller. */
export function stop(controller: AbortController): void {
  controller.abort(new Stopped("Stopped"));
}

/** Whether a transfer was ended by `stop`. */
export function isStopped(cause: unknown): boolean {
  return cause instanceof Stopped;
}

/** A refusal without a pause of one second behind it, again and again, would be taken for a flood. */
const pauseMsMin = 1_100;

/** Asks until there is an answer: again over the next connection, and when the server will have it. Rejects with `Refusal`. */
export async function insist<T extends AskType>(transfer: Transfer, ask: Ask<T>): Promise<AnswerTo<T>> {
  for (;;) {
    transfer.signal?.throwIfAborted();
    try {
      return await transfer.connection.request<T>(ask);
    } catch (cause) {
      await overcome(transfer, cause);
    }
  }
}

/** Waits until the same may succeed. Rejects with `cause` where waiting mends nothing. */
export async function overcome({ connection, clock, signal }: Transfer, cause: unknown): Promise<void> {
  if (cause instanceof ConnectionLost) return await unlessStopped(connection.opened(), signal);
  const waitMs = isStopping(cause) ? pauseMsMin : patienceMs(cause);
  if (waitMs === undefined) throw cause;
  await unlessStopped(clock.sleep(Math.max(waitMs, pauseMsMin)), signal);
}

/** The server is about to end the session, and another one may begin soon. */
function isStopping(cause: unknown): boolean {
  return cause instanceof Refusal && cause.code === "shutting_down";
}

/** Rejects at once when the signal comes. */
export function unlessStopped<Result>(
  waiting: Promise<Result>,
  signal: AbortSignal | undefined,
): Promise<Result> {
  if (signal === undefined) return waiting;
  return new Promise((resolve, reject) => {
    const stopped = () => reject(signal.reason);
    if (signal.aborted) stopped();
    signal.addEventListener("abort", stopped, { once: true });
    waiting.then(resolve, reject).finally(() => signal.removeEventListener("abort", stopped));
  });
}
