import type { Session, Sessions } from "../sessions/mod.ts";
import type { Aborts } from "./aborts.ts";
import { LineFeed } from "./line_feed.ts";
import type { Turn } from "./turn.ts";

/** The size of the one buffer that a connection reads into, in bytes. Thousands of idle connections each keep one. */
const readBufferBytes = 2 * 1024;

/** The size of the buffer of a connection that fills that one, as with files, in bytes: as much as TLS gives at once. */
const busyBufferBytes = 16 * 1024;

/** One TLS connection that speaks lines: bytes in, bytes out. */
export class LineConnection {
  /** The address of the other side. */
  readonly address: string;
  readonly #conn: Deno.TlsConn;
  readonly #aborts: Aborts;
  readonly #turn: Turn;
  #closed = false;

  constructor(conn: Deno.TlsConn, aborts: Aborts, turn: Turn) {
    this.#conn = conn;
    this.address = conn.remoteAddr.transport === "tcp" ? conn.remoteAddr.hostname : "";
    this.#aborts = aborts;
    this.#turn = turn;
  }

  write(bytes: Uint8Array): Promise<number> {
    return this.#conn.write(bytes);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    closeQuietly(this.#conn);
  }

  abort(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#aborts.add(this.#conn, () => closeQuietly(this.#conn));
  }

  /** Opens a session and brings it lines until the connection ends. Never rejects. */
  async serve(sessions: Sessions): Promise<void> {
    const session = sessions.open(this, { address: this.address, byCookie: false });
    try {
      await this.#read(session);
    } catch {
      // The connection broke or was closed under the read: what there is to do is the same as at its orderly end.
    }
    sessions.ended(session);
    this.close();
  }

  async #read(session: Session): Promise<void> {
    const feed = new LineFeed(session, this.#turn);
    const reader = this.#conn.readable.getReader({ mode: "byob" });
    let { value, done } = await reader.read(new Uint8Array(readBufferBytes));
    while (!done && value !== undefined) {
      const fed = feed.feed(value);
      if (fed === undefined) {
        ({ value, done } = await reader.read(bufferAfter(value)));
      } else {
        // Whoever leaves while an answer is being made shall not be waited for, so their end is looked out for meanwhile.
        const ahead = reader.read(new Uint8Array(readBufferBytes));
        ahead.then((next) => next.done && session.ended(), () => session.ended());
        await fed;
        ({ value, done } = await ahead);
      }
    }
  }
}

/** For the next read: the buffer that there was, unless more or less is to be expected than it is made for. */
function bufferAfter({ buffer, byteLength }: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const isBusy = buffer.byteLength === readBufferBytes
    ? byteLength === readBufferBytes
    : byteLength > readBufferBytes;
  const bytes = isBusy ? busyBufferBytes : readBufferBytes;
  return bytes === buffer.byteLength ? new Uint8Array(buffer) : new Uint8Array(bytes);
}

function closeQuietly(conn: Deno.TlsConn): void {
  try {
    conn.close();
  } catch (error) {
    // A stream that has come to its end has closed its connection already.
    if (!(error instanceof Deno.errors.BadResource)) throw error;
  }
}
