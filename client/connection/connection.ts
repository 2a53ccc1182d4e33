import type { ServerAddress } from "../../shared/identity/mod.ts";
import type { Cancel } from "../../shared/world/mod.ts";
import type { Model } from "../model/mod.ts";
import type { SaidPlace } from "./kept_messages.ts";
import type { AnswerTo, Ask, AskType } from "./ask.ts";
import type { Happening } from "./happening.ts";
import type { Leftovers } from "./leftovers.ts";
import type { Sent } from "./outbox.ts";

/** A line to the server that stays: it is made again whenever it is lost, until it has ended. */
export interface Connection {
  /** What can be seen now. */
  model(): Model;
  /**
   * Asks the server. Rejects with `Refusal` where it says no, with `ConnectionLost` where no answer will come or no
   * connection is open.
   */
  request<T extends AskType>(ask: Ask<T>): Promise<AnswerTo<T>>;
  /** Resolves when a session is open, at once if one is. Rejects with `ConnectionLost` when the connection has ended. */
  opened(): Promise<void>;
  /**
   * Puts a message into the outbox, on the disk of this machine. Messages are sent in their order, and again after a
   * reconnect and at the next start, until the server has stored each of them once. Rejects with `Refusal` where the
   * server says no or the text cannot be sent, with `ConnectionLost` when the connection has ended.
   */
  say(room: string, text: string, place?: SaidPlace): Promise<Sent>;
  /** Whether the messages in the outbox would be sent at the next start, should this program end now. */
  isOutboxKept(): boolean;
  /** What earlier runs left behind. What of it is too old to be sent is told by the first call only: show it. */
  takeLeftovers(): Leftovers;
  /** Where the server is. */
  readonly address: ServerAddress;
  /** Ends the session and opens the next one at once, as is needed to be confined no more. */
  renew(): Promise<void>;
  /** Notes that everything up to `seq` was read; the server is told within a second. */
  markRead(room: string, seq: number): void;
  /** Calls `listener` for all that happens from now on; the first one is also told what has happened before. */
  listen(listener: (happening: Happening) => void): Cancel;
  /** Tells the server what was read, says `quit` and closes. Messages still in the outbox are sent at the next start. */
  close(): Promise<void>;
}
