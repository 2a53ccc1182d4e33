import {
  type Connection,
  ConnectionLost,
  type Leftover,
  type Leftovers,
  type SaidPlace,
} from "../connection/mod.ts";
import { Refusal } from "../../shared/protocol/mod.ts";
import { refusedLeftoverLines, resumedAnswerLine, resumedLine, tooOldLines } from "./leftover_lines.ts";
import { notSentLine } from "./news_lines.ts";
import type { Stage } from "./stage.ts";

/** A message that the server has not acknowledged yet. */
export interface Unsent extends SaidPlace {
  readonly room: string;
  readonly text: string;
  /** When it was entered, in milliseconds since the Unix epoch. */
  readonly time: number;
}

/** Tells that a message was not sent, and why, and gives its words back. */
export function giveBack(stage: Stage, text: string, why: string): void {
  const isInLine = stage.giveBack(text);
  stage.remark([notSentLine(why, isInLine ? "line" : stage.hasKeys ? "history" : undefined)]);
}

/** One's own messages on their way. */
export class Outgoing {
  readonly #connection: Connection;
  readonly #stage: Stage;
  readonly #unsent = new Set<Unsent>();
  readonly #sending = new Set<Promise<unknown>>();
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
    this.#track(this.#answered(message, this.#send(message), (why) => {
      this.#stage.refresh();
      giveBack(this.#stage, message.text, why);
    }));
  }

  /** Tells what earlier runs left behind, and what becomes of it. */
  resume({ sending, tooOld }: Leftovers): void {
    if (tooOld.length > 0) this.#stage.remark(tooOldLines(tooOld));
    if (sending.length === 0) return;
    this.#stage.remark([resumedLine(sending.length)]);
    for (const leftover of sending) this.#unsent.add(leftover);
    this.#stage.refresh();
    this.#track(this.#resumed(sending));
  }

  /** Resolves when the server has answered to every message. */
  async settled(): Promise<void> {
    while (this.#sending.size > 0) await Promise.all(this.#sending);
  }

  /** Tells no more of what becomes of them. */
  giveUp(): void {
    this.#isGivenUp = true;
  }

  #send({ room, text, thread, quote, files, lifeMs }: Unsent): Promise<unknown> {
    return this.#connection.say(room, text, { thread, quote, files, lifeMs });
  }

  #track(work: Promise<unknown>): void {
    const tracked = work.finally(() => this.#sending.delete(tracked));
    this.#sending.add(tracked);
  }

  async #resumed(leftovers: readonly Leftover[]): Promise<void> {
    const outcomes = await Promise.all(
      leftovers.map((leftover) =>
        this.#answered(leftover, leftover.answer, (why) => {
          this.#stage.remark(refusedLeftoverLines(leftover, why));
        })
      ),
    );
    if (this.#isGivenUp) return;
    this.#stage.remark([resumedAnswerLine(outcomes.filter((isStored) => isStored).length, outcomes.length)]);
  }

  /** Resolves with whether the server has stored the message. One without an answer stays among the unsent. */
  async #answered(
    message: Unsent,
    answer: Promise<unknown>,
    refused: (why: string) => void,
  ): Promise<boolean> {
    const refusal = await answer.then(() => undefined, (error: unknown) => error);
    if (refusal instanceof ConnectionLost) return false;
    if (refusal !== undefined && !(refusal instanceof Refusal)) throw refusal;
    this.#unsent.delete(message);
    if (refusal !== undefined) this.#refused++;
    if (refusal !== undefined && !this.#isGivenUp) refused(refusal.message);
    this.#stage.refresh();
    return refusal === undefined;
  }
}
