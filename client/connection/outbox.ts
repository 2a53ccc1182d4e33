import { type Answer, limits, Refusal, roomName, textFault } from "../../shared/protocol/mod.ts";
import type { World } from "../../shared/world/mod.ts";
import type { Message } from "../model/mod.ts";
import type { Said, SaidPlace } from "./kept_messages.ts";
import type { Ask } from "./ask.ts";
import { ConnectionLost } from "./connection_lost.ts";
import { patienceMs } from "./patience.ts";
import { Pause } from "./pause.ts";

/** Messages that may wait to be sent. */
const messagesMax = 1_000;

const nonceBytes = 16;

/** The place of a message that the server has stored. */
export interface Sent {
  readonly room: string;
  readonly seq: number;
  /** Milliseconds since the Unix epoch, by the server's clock. */
  readonly time: number;
}

export interface OutboxPorts {
  /** Resolves when the message is on the disk of this machine, or cannot be. It is not sent before. */
  keep(said: Said): Promise<void>;
  /**
   * Rejects with `Refusal`, or with `ConnectionLost` where it is not known whether the server has the message. `taken` is
   * called before anything is heard that the server said after its answer.
   */
  send(ask: Ask<"send">, taken: (ok: Answer<"ok">) => void): Promise<unknown>;
  /** A message was stored: it has its place among the others. Comes before `say` resolves. */
  stored(room: string, message: Omit<Message, "type" | "from">): void;
  /** A message was stored or refused, and need not be kept any more. Comes before `say` settles. */
  answered(said: Said): void;
  /** The message in front has to wait. */
  waiting(room: string, reason: string, retryInMs: number): void;
}

interface Entry {
  readonly said: Said;
  readonly kept: Promise<void>;
  resolve(sent: Sent): void;
  reject(cause: Error): void;
}

/**
 * Messages on their way, in their order: the next one is sent when the one before is stored or refused. Each has a nonce,
 * so that one whose `ok` was lost can be sent again without being stored twice, even by the next run of the program.
 */
export class Outbox {
  readonly #world: World;
  readonly #ports: OutboxPorts;
  readonly #entries: Entry[] = [];
  readonly #pause: Pause;
  #sending = false;
  #ended: string | undefined;

  constructor(world: World, ports: OutboxPorts) {
    this.#world = world;
    this.#ports = ports;
    this.#pause = new Pause(world.clock);
  }

  /** Rejects with `Refusal` where the server says no or would, with `ConnectionLost` after `end`. */
  async say(room: string, text: string, place: SaidPlace = {}): Promise<Sent> {
    if (this.#ended !== undefined) throw new ConnectionLost(`Not sent: ${this.#ended}`);
    if (this.#entries.length >= messagesMax) {
      throw new Refusal("busy", `${messagesMax} messages are waiting to be sent already`);
    }
    const said = {
      room: roomName.read(room, "room"),
      text: checked(text, place),
      ...place,
      nonce: this.#nonce(),
      time: this.#world.clock.now(),
    };
    return await this.#add(said, this.#ports.keep(said));
  }

  /** Goes on with a message that is kept already. */
  resume(said: Said): Promise<Sent> {
    return this.#add(said, Promise.resolve());
  }

  /** Goes on sending: when a message has come, and when a connection is there again. */
  async wake(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    try {
      for (let entry = this.#entries[0]; entry !== undefined; entry = this.#entries[0]) {
        await this.#send(entry);
      }
    } catch (cause) {
      if (!(cause instanceof ConnectionLost)) throw cause;
    } finally {
      this.#sending = false;
    }
  }

  /** Sends nothing more. What has no answer stays where it is kept. */
  end(reason: string): void {
    this.#ended = reason;
    for (const { reject } of this.#entries.splice(0)) reject(new ConnectionLost(`Not sent: ${reason}`));
    this.#pause.cutShort();
  }

  #add(said: Said, kept: Promise<void>): Promise<Sent> {
    return new Promise((resolve, reject) => {
      this.#entries.push({ said, kept, resolve, reject });
      this.wake();
    });
  }

  async #send(entry: Entry): Promise<void> {
    await entry.kept;
    const { time: _time, ...said } = entry.said;
    try {
      await this.#ports.send({ type: "send", ...said }, (ok) => this.#stored(entry, ok));
    } catch (cause) {
      if (!(cause instanceof Refusal)) throw cause;
      await this.#refused(entry, cause);
    }
  }

  #stored({ said, resolve }: Entry, told: Answer<"ok">): void {
    const { room = said.room, seq = 0, time = this.#world.clock.now() } = told;
    this.#entries.shift();
    this.#ports.answered(said);
    const { text, quote } = said;
    const { thread, mentions, files, expires } = told;
    this.#ports.stored(room, { seq, time, text, quote, thread, mentions, files, expires });
    resolve({ room, seq, time });
  }

  async #refused(entry: Entry, refusal: Refusal): Promise<void> {
    const waitMs = patienceMs(refusal);
    if (waitMs === undefined) {
      this.#entries.shift();
      this.#ports.answered(entry.said);
      entry.reject(refusal);
    } else {
      this.#ports.waiting(entry.said.room, refusal.message, waitMs);
      await this.#pause.wait(waitMs);
    }
  }

  #nonce(): string {
    const bytes = this.#world.chance.bytes(nonceBytes);
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }
}

/** What the server would refuse is refused here, so that it does not stand in the way of the others. */
function checked(text: string, { files = [] }: SaidPlace): string {
  if (text === "" && files.length > 0) return text;
  const fault = textFault(text, limits.textCodePoints);
  if (fault === undefined) return text;
  throw new Refusal("text_invalid", `The message ${fault}`);
}
