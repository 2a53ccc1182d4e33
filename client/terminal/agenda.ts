import type { Intent } from "../commands/mod.ts";

/** Words that were entered and whose room is not certain yet. */
export interface HeldWords {
  readonly text: string;
  /** When they were entered, in milliseconds since the Unix epoch. */
  readonly time: number;
}

interface Entry {
  readonly intent: Intent;
  readonly time: number;
}

export interface AgendaPorts {
  /** Does what was meant, and resolves with whether it was done. A bug rejects. */
  follow(intent: Intent, time: number): Promise<boolean>;
  /** These words were meant for a room to which the person did not get. */
  stray(text: string): void;
  /** Other words are held than before. */
  changed(): void;
  /** `follow` has rejected. */
  broken(cause: unknown): void;
}

/**
 * What was entered and is not done yet. Commands are done one after another, each when the one before has its answer.
 * Words wait for none of them, but for those after which the person may be in another room. If that was not done, they
 * are not said anywhere else.
 */
export class Agenda {
  readonly #ports: AgendaPorts;
  /** The first one is under way. */
  readonly #entries: Entry[] = [];
  #work: Promise<void> | undefined;
  #isStopped = false;

  constructor(ports: AgendaPorts) {
    this.#ports = ports;
  }

  /** The oldest first. */
  get held(): readonly HeldWords[] {
    return this.#entries.flatMap(({ intent, time }) =>
      intent.kind === "say" ? [{ text: intent.text, time }] : []
    );
  }

  /** Resolves when all that was entered is done, or nothing more is begun. */
  get done(): Promise<void> {
    return this.#work ?? Promise.resolve();
  }

  /** Whether something is under way that others have to wait for. */
  get isBusy(): boolean {
    return this.#entries.length > 0;
  }

  /** Takes the newest command back that may ask something and is not under way. False if there is none. */
  takeBack(): boolean {
    const at = this.#entries.findLastIndex((entry, index) => index > 0 && mayAsk(entry));
    if (at < 0) return false;
    this.#entries.splice(at, 1);
    return true;
  }

  enter(intent: Intent, time: number): void {
    if (intent.kind === "nothing") return;
    if (intent.kind === "say" && !this.#isStopped && !this.#entries.some(mayTurn)) {
      void this.#do({ intent, time }, false);
      return;
    }
    this.#entries.push({ intent, time });
    if (intent.kind === "say") this.#ports.changed();
    this.#work ??= this.#doAll();
  }

  /** Begins with nothing more. What is held stays so. */
  stop(): void {
    this.#isStopped = true;
  }

  async #doAll(): Promise<void> {
    let isAstray = false;
    for (let entry = this.#entries[0]; entry !== undefined; entry = this.#entries[0]) {
      if (this.#isStopped) return;
      const isDone = await this.#do(entry, isAstray);
      if (mayTurn(entry)) isAstray = !isDone;
      this.#entries.shift();
      if (entry.intent.kind === "say") this.#ports.changed();
    }
    this.#work = undefined;
  }

  async #do({ intent, time }: Entry, isAstray: boolean): Promise<boolean> {
    if (intent.kind === "say" && isAstray) {
      this.#ports.stray(intent.text);
      return false;
    }
    try {
      return await this.#ports.follow(intent, time);
    } catch (cause) {
      this.#ports.broken(cause);
      return false;
    }
  }
}

function mayAsk({ intent }: Entry): boolean {
  return intent.kind === "run" && intent.command.asks === true;
}

function mayTurn({ intent }: Entry): boolean {
  return intent.kind === "run" && intent.command.turns === true;
}
