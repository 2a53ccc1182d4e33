import {
  type Answer,
  declarationOf,
  type ErrorCode,
  type Push,
  Refusal,
  type RequestType,
  roomEventTypes,
  type ServerFrame,
  type Signal,
  type SignalType,
  type UnknownFrame,
} from "../../shared/protocol/mod.ts";
import type { World } from "../../shared/world/mod.ts";
import { type Dialled, type Line, LineEnded } from "../line/mod.ts";
import type { AnswerTo, Ask } from "./ask.ts";
import { ConnectionLost } from "./connection_lost.ts";
import { requestLine } from "./request_line.ts";
import { type Silence, watchSilence } from "./silence.ts";
import { Unanswered } from "./unanswered.ts";

/** Requests that may be without an answer at once. */
const unansweredMax = 1_000;

/** Bytes that may wait to be sent: with more, the line is not moving. */
const unsentBytesMax = 4 * 1024 * 1024;

/** Why a session is over, as far as anybody said. */
export interface SessionEnd {
  readonly reason: string;
  readonly code?: ErrorCode | undefined;
  readonly retryAfterMs?: number | undefined;
}

/** What the server says unasked and is not about the session itself. */
export type Unasked = Push | Signal<UnaskedSignal> | UnknownFrame;

type UnaskedSignal = Exclude<SignalType, "auth_required" | "ping" | "bye">;

const unaskedTypes: ReadonlySet<ServerFrame["type"]> = new Set<Unasked["type"]>([
  ...roomEventTypes,
  "unknown",
  "presence",
  "unread",
  "thread",
  "draft",
  "level",
  "typing",
  "profile",
  "role",
  "alert",
]);

export interface SessionListener {
  hear(frame: Unasked): void;
  ended(end: SessionEnd): void;
}

/** One conversation over one line: requests with their answers, signs of life, and what the server says unasked. */
export class Session {
  readonly hello: Signal<"auth_required">;
  readonly #line: Line;
  readonly #unanswered: Unanswered;
  readonly #silence: Silence;
  readonly #listening = Promise.withResolvers<SessionListener>();
  #listener: SessionListener | undefined;
  #requestsMade = 0;
  #end: SessionEnd | undefined;

  constructor(world: World, { line, hello }: Dialled) {
    this.hello = hello;
    this.#line = line;
    this.#unanswered = new Unanswered(world.clock, (reason) => this.drop(reason));
    this.#silence = watchSilence(world.clock, {
      ping: () => this.#write({ type: "ping" }, this.#nextId()),
      silent: () => this.drop("the server fell silent"),
    });
    this.#converse();
  }

  get isOver(): boolean {
    return this.#end !== undefined;
  }

  /** What the server says unasked waits until somebody listens. */
  listen(listener: SessionListener): void {
    this.#listener = listener;
    this.#listening.resolve(listener);
    if (this.#end !== undefined) listener.ended(this.#end);
  }

  /**
   * Rejects with `Refusal` where the server says no, with `ConnectionLost` where no answer will come. Whoever awaits the
   * answer goes on later, when what the server said after it may be heard already; `taken` is called before that.
   */
  async request<T extends RequestType>(
    ask: Ask<T>,
    taken: (answer: AnswerTo<T>) => void = () => {},
  ): Promise<AnswerTo<T>> {
    if (this.#end !== undefined) throw new ConnectionLost(`Not connected: ${this.#end.reason}`);
    if (this.#unanswered.size >= unansweredMax || this.#line.unsentBytes() > unsentBytesMax) {
      this.drop("the server does not keep up");
      throw new ConnectionLost("Not sent: the server does not keep up");
    }
    const id = this.#nextId();
    const line = requestLine(ask, id);
    const { answer: expected } = declarationOf(ask.type);
    const answering = this.#unanswered.answerTo(id, expected, (answer) => taken(answer as AnswerTo<T>));
    this.#line.send(line);
    return await answering as AnswerTo<T>;
  }

  /** Ends the session without a word. */
  drop(reason: string): void {
    this.#finish({ reason });
    this.#line.drop();
  }

  /** Says `quit`, waits for the answer and closes. */
  async quit(): Promise<void> {
    try {
      await this.request<"quit">({ type: "quit" });
    } catch (cause) {
      if (!(cause instanceof Refusal || cause instanceof ConnectionLost)) throw cause;
    } finally {
      this.#finish({ reason: "closed" });
      this.#line.close();
    }
  }

  async #converse(): Promise<void> {
    try {
      for (;;) {
        const frame = await this.#line.read();
        this.#silence.heard();
        await this.#take(frame);
      }
    } catch (cause) {
      this.drop(cause instanceof LineEnded ? cause.message : "this program made a mistake");
      if (!(cause instanceof LineEnded)) throw cause;
    }
  }

  async #take(frame: ServerFrame): Promise<void> {
    if ("re" in frame && frame.re !== undefined) this.#unanswered.answered(frame.re, frame);
    else if (frame.type === "ping") this.#write({ type: "pong" }, this.#nextId());
    else if (frame.type === "bye" || frame.type === "error") this.#dismissed(frame);
    else if (isUnasked(frame)) (this.#listener ?? await this.#listening.promise).hear(frame);
  }

  /** Errors without a request, such as `auth_timeout`, come before the server hangs up, as `bye` does. */
  #dismissed({ message, code, retryAfterMs }: Signal<"bye"> | Answer<"error">): void {
    this.#finish({ reason: message, code, retryAfterMs });
    this.#line.close();
  }

  #finish(end: SessionEnd): void {
    if (this.#end !== undefined) return;
    this.#end = end;
    this.#silence.stop();
    this.#unanswered.giveUp(end.reason);
    this.#listener?.ended(end);
  }

  #write(ask: Ask<"ping" | "pong">, id: string): void {
    this.#line.send(requestLine(ask, id));
  }

  #nextId(): string {
    return String(++this.#requestsMade);
  }
}

function isUnasked(frame: ServerFrame): frame is Unasked {
  return unaskedTypes.has(frame.type);
}
