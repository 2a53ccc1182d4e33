import type { ServerFrame, Signal } from "../../shared/protocol/mod.ts";

/** The line is no more. `cause` is what the other side, the network or TLS said, where they did. */
export class LineEnded extends Error {
  override readonly name = "LineEnded";
}

/** A line to a server: frames come out in order, lines go in in order. */
export interface Line {
  /** The next frame. Rejects with `LineEnded` after the last one. One reader at a time. */
  read(): Promise<ServerFrame>;
  /** Queues one line, with its newline. */
  send(line: string): void;
  /** Bytes that were queued and not yet sent. */
  unsentBytes(): number;
  /** Sends what is queued, then closes. */
  close(): void;
  /** Closes at once. */
  drop(cause?: Error): void;
}

/** A line over which anything may be said. */
export interface Dialled {
  readonly line: Line;
  readonly hello: Signal<"auth_required">;
}
