import { LineSplitter, toBytes } from "../../shared/protocol/mod.ts";
import type { Backing, Hearer, Line } from "../../shared/web/mod.ts";
import type { Session, Sessions } from "../sessions/mod.ts";

/** Lines that lead straight to sessions of this server. */
export function sessionLines(sessions: Sessions): Backing {
  return { open: (hearer, address) => new SessionLine(sessions, hearer, address) };
}

/** A session for somebody whose lines come by another way than a socket of its own. */
class SessionLine implements Line {
  readonly #sessions: Sessions;
  readonly #hearer: Hearer;
  readonly #session: Session;
  readonly #utf8 = new TextDecoder();
  #isOver = false;

  constructor(sessions: Sessions, hearer: Hearer, address: string) {
    this.#sessions = sessions;
    this.#hearer = hearer;
    this.#session = sessions.open(
      { write: (bytes) => this.#write(bytes), close: () => this.end(), abort: () => this.end() },
      { address, byCookie: true },
    );
  }

  say(line: string): void | Promise<void> {
    if (this.#isOver) return;
    try {
      const splitter = new LineSplitter(this.#session.lineBytesMax);
      for (const bytes of splitter.split(toBytes(`${line}\n`))) {
        return this.#session.receive(bytes);
      }
    } catch (error) {
      this.#session.refuse(error);
    }
  }

  end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#hearer.ended();
    this.#sessions.ended(this.#session);
  }

  async #write(bytes: Uint8Array): Promise<number> {
    await this.#hearer.hear(this.#utf8.decode(bytes));
    return bytes.length;
  }
}
