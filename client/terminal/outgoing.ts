import { type Connection, ConnectionLost } from "../connection/mod.ts";
import { Refusal } from "../../shared/protocol/mod.ts";
import { notSentLine } from "./news_lines.ts";
import type { Stage } from "./stage.ts";

/** A message that the server has not acknowledged yet. */
export interface Unsent {
  readonly room: string;
  readonly text: string;
  /** When it was entered, in milliseconds since the Unix epoch. */
  readonly time: number;
}

/** One's own messages on their way. */
export class Outgoing {
  readonly #connection: Connection;
  readonly #stage: Stage;
  readonly #unsent = new Set<Unsent>();
  readonly #sending = new Set<Promise<void>>();
  #refused = 0;
  #isGivenUp = false;

  constructor(connection: Connection, stage: Stage) {
    this.#connection = connection;
    this.#stage = stage;
  }

  /** The oldest first. */
  get unsent(): readonly Unsent[] {
    return [...this.#unsent];
  }

  /** How many the server would not have, so far. */
  get refused(): number {
    return this.#refused;
  }

  say(message: Unsent): void {
    this.#unsent.add(message);
    this.#stage.refresh();
    const answer = this.#send(message).finally(() => this.#sending.delete(answer));
    this.#sending.add(answer);
  }

  /** Resolves when the server has answered to every message. */
  async settled(): Promise<void> {
    while (this.#sending.size > 0) await Promise.all(this.#sending);
  }

  /** Waits for no more answers. Returns what has none. */
  giveUp(): readonly Unsent[] {
    this.#isGivenUp = true;
    return this.unsent;
  }

  async #send(message: Unsent): Promise<void> {
    try {
      await this.#connection.say(message.room, message.text);
      this.#unsent.delete(message);
    } catch (error) {
      this.#unsent.delete(message);
      if (!(error instanceof Refusal || error instanceof ConnectionLost)) throw error;
      if (this.#isGivenUp) return;
      this.#refused++;
      this.#stage.remark([notSentLine(error.message)]);
      this.#stage.giveBack(message.text);
    }
    this.#stage.refresh();
  }
}
