import { LineSplitter } from "../../shared/protocol/mod.ts";
import type { Session, Sessions } from "../sessions/mod.ts";
import type { SocketControl } from "./socket_control.ts";

/** The size of the one buffer that a connection reads into, in bytes. Thousands of idle connections each keep one. */
const readBufferBytes = 4 * 1024;

/** One TLS connection that speaks lines: bytes in, bytes out. */
export class LineConnection {
  readonly #conn: Deno.TlsConn;
  readonly #control: SocketControl | undefined;
  #closed = false;

  constructor(conn: Deno.TlsConn, control: SocketControl | undefined) {
    this.#conn = conn;
    this.#control = control;
  }

  write(bytes: Uint8Array): Promise<number> {
    return this.#conn.write(bytes);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    try {
      this.#conn.close();
    } catch (error) {
      // A stream that has come to its end has closed its connection already.
      if (!(error instanceof Deno.errors.BadResource)) throw error;
    }
  }

  abort(): void {
    if (this.#closed) return;
    this.#control?.shutDown(this.#conn);
    this.close();
  }

  /** Opens a session and brings it lines until the connection ends. Never rejects. */
  async serve(sessions: Sessions): Promise<void> {
    const session = sessions.open(this);
    try {
      await this.#read(session);
    } catch {
      // The connection broke or was closed under the read: what there is to do is the same as at its orderly end.
    }
    sessions.ended(session);
    this.close();
  }

  async #read(session: Session): Promise<void> {
    const splitter = new LineSplitter(session.lineBytesMax);
    const reader = this.#conn.readable.getReader({ mode: "byob" });
    let buffer = new Uint8Array(readBufferBytes);
    for (;;) {
      const { value, done } = await reader.read(buffer);
      if (done) return;
      await feed(splitter, value, session);
      buffer = new Uint8Array(value.buffer);
    }
  }
}

async function feed(splitter: LineSplitter, chunk: Uint8Array, session: Session): Promise<void> {
  try {
    for (const line of splitter.split(chunk)) {
      const wait = session.receive(line);
      if (wait !== undefined) await wait;
      splitter.allow(session.lineBytesMax);
    }
  } catch (error) {
    session.refuse(error);
  }
}
