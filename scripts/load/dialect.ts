import type { LoadConnection } from "./load_connection.ts";

/** A language that servers under load speak: only as much of it as coming in and talking takes. */
export interface Dialect {
  /** Whether a speaker hears its own stamp, as an answer or as an echo. */
  readonly answers: boolean;
  /** Brings a connection in as `name` and into `rooms`. Resolves when it will hear what is said there. */
  enter(connection: LoadConnection, name: string, rooms: readonly string[]): Promise<void>;
  /** One message as it is sent; `text` holds the stamp. */
  message(room: string, stamp: string, text: string): string;
}
