import { LineSplitter } from "../../shared/protocol/mod.ts";
import type { Session } from "../sessions/mod.ts";
import type { Turn } from "./turn.ts";

/** Brings the lines of one connection to its session, one after the other. */
export class LineFeed {
  readonly #session: Session;
  readonly #turn: Turn;
  readonly #splitter: LineSplitter;

  constructor(session: Session, turn: Turn) {
    this.#session = session;
    this.#turn = turn;
    this.#splitter = new LineSplitter(session.lineBytesMax);
  }

  /**
   * Takes the next bytes. Undefined if all their lines were taken at once; else nothing more may be fed, and `chunk` not
   * be changed, until the promise resolves. Never throws.
   */
  feed(chunk: Uint8Array): Promise<void> | undefined {
    return this.#take(this.#splitter.split(chunk));
  }

  #take(lines: Iterator<Uint8Array>): Promise<void> | undefined {
    try {
      for (;;) {
        const { value: line, done } = lines.next();
        if (done) return undefined;
        const wait = this.#session.receive(line) ?? this.#turn.over();
        if (wait !== undefined) return this.#takeLater(wait, lines);
        this.#splitter.allow(this.#session.lineBytesMax);
      }
    } catch (error) {
      this.#session.refuse(error);
      return undefined;
    }
  }

  async #takeLater(wait: Promise<void>, lines: Iterator<Uint8Array>): Promise<void> {
    await wait;
    this.#splitter.allow(this.#session.lineBytesMax);
    await this.#take(lines);
  }
}
