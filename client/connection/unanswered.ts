import { type Answer, type AnswerType, Refusal } from "../../shared/protocol/mod.ts";
import type { Cancel, Clock } from "../../shared/world/mod.ts";
import { ConnectionLost } from "./connection_lost.ts";

/** Time for the server to answer a request; after it the whole line is taken for broken. */
const answerMsMax = 30_000;

interface Waiting {
  readonly expected: AnswerType | "nothing";
  readonly taken: (answer: Answer) => void;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (cause: Error) => void;
  readonly cancelTimer: Cancel;
}

/** Requests that wait for their answers, by `id`. */
export class Unanswered {
  readonly #clock: Clock;
  readonly #broken: (reason: string) => void;
  readonly #waiting = new Map<string, Waiting>();

  /** `broken` is called when the server does not answer in time, or answers with something else. */
  constructor(clock: Clock, broken: (reason: string) => void) {
    this.#clock = clock;
    this.#broken = broken;
  }

  get size(): number {
    return this.#waiting.size;
  }

  /**
   * Resolves with the answer to the request; rejects with the `Refusal` that it got, or with `ConnectionLost`. `taken` is
   * called before anything is read that the server said after it.
   */
  answerTo(id: string, expected: Waiting["expected"], taken: Waiting["taken"]): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const late = (): void => this.#broken("the server does not answer any more");
      const cancelTimer = this.#clock.after(answerMsMax, late);
      this.#waiting.set(id, { expected, taken, resolve, reject, cancelTimer });
    });
  }

  answered(id: string, answer: Answer): void {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return;
    if (answer.type !== "error" && answer.type !== waiting.expected) {
      return this.#broken("the server does not keep to the protocol");
    }
    this.#waiting.delete(id);
    waiting.cancelTimer();
    if (answer.type === "error") return waiting.reject(new Refusal(answer.code, answer.message, answer));
    waiting.taken(answer);
    waiting.resolve(answer);
  }

  /** No answer will come to any of them. */
  giveUp(reason: string): void {
    for (const { reject, cancelTimer } of this.#waiting.values()) {
      cancelTimer();
      reject(new ConnectionLost(`No answer: ${reason}`));
    }
    this.#waiting.clear();
  }
}
