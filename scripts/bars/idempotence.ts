import { ChatProcess } from "../load/chat_process.ts";
import type { Address } from "../load/load_connection.ts";
import { nameOf } from "../load/population.ts";
import { Client } from "./client.ts";
import { Follower } from "./follower.ts";
import { KeptSession, pause } from "./kept_session.ts";
import { readStoredLog } from "./stored_log.ts";
import type { Bar } from "./verdict.ts";
import { room, withRoom } from "./with_room.ts";

const messages = 5_000, cuts = 200, copiesMax = 5, windowMax = 64;

export const idempotence: Bar = {
  says:
    `${messages} messages, each said up to ${copiesMax} times over ${cuts} forced reconnects, are there once`,
  run: (say) =>
    withRoom(3, async (data) => {
      const chat = await ChatProcess.start({ data });
      const steady = new Follower(nameOf(1), room), shaky = new Follower(nameOf(2), room);
      const sessions = [steady, shaky].map((follower) => new KeptSession(chat.address, follower));
      const sender = new RepeatingSender(chat.address, () => sessions[1]?.cut());
      await sender.run();
      await untilShown([steady, shaky]);
      await Promise.all(sessions.map((session) => session.stop()));
      await chat.stop();
      const stored = readStoredLog(data, room);
      const shown = [steady, shaky].map((follower) => new Set(follower.shown).size);
      const faults = steady.faults + shaky.faults;
      say(`said ${sender.said} times over ${sender.connections} connections`);
      say(`on disk ${stored.texts.length}, of them different ${new Set(stored.texts).size}`);
      say(
        `shown to one who stayed ${steady.shown.length}, to one who was cut off each time ${shaky.shown.length}`,
      );
      say(`acknowledged differently ${sender.contradictions}, shown twice or out of order ${faults}`);
      const lengths = [stored.texts.length, steady.shown.length, shaky.shown.length, ...shown];
      return {
        passed: lengths.every((length) => length === messages) && sender.contradictions + faults === 0,
        figure:
          `${stored.texts.length} rows and ${shaky.shown.length} shown for ${messages} messages (target: equal)`,
      };
    }),
};

async function untilShown(followers: readonly Follower[]): Promise<void> {
  for (let wait = 0; wait < 500 && followers.some(({ shown }) => shown.length < messages); wait++) {
    await pause(20);
  }
}

/** Says everything several times, and often vanishes before it is answered. */
class RepeatingSender {
  said = 0;
  connections = 0;
  contradictions = 0;
  readonly #address: Address;
  readonly #onCut: () => void;
  readonly #seqs: Map<number, number> = new Map();
  #underWay = 0;

  constructor(address: Address, onCut: () => void) {
    this.#address = address;
    this.#onCut = onCut;
  }

  async run(): Promise<void> {
    const order = shuffledCopies();
    const perConnection = Math.floor(order.length / cuts);
    for (let at = 0; at < order.length; at += perConnection) {
      const client = await this.#connect();
      for (const message of order.slice(at, at + perConnection)) {
        void this.#say(client, message);
        while (this.#underWay > windowMax) await pause(1);
      }
      // Some of it is on its way, some stored and not yet answered.
      if (Math.random() < 0.8) await pause(Math.random() * 10);
      client.close();
      this.#onCut();
      await client.ended;
    }
    const last = await this.#connect();
    for (let message = 0; message < messages; message++) {
      if (!this.#seqs.has(message)) await this.#say(last, message);
    }
    last.close();
  }

  async #connect(): Promise<Client> {
    this.connections++;
    this.#underWay = 0;
    const client = await Client.open(this.#address);
    await client.resume(nameOf(0));
    return client;
  }

  async #say(client: Client, message: number): Promise<void> {
    this.said++;
    this.#underWay++;
    const text = `message ${message}`;
    const answer = await client.ask({ type: "send", room, text, nonce: String(message) });
    this.#underWay--;
    if (answer?.type !== "ok") return;
    const earlier = this.#seqs.get(message);
    if (earlier !== undefined && earlier !== answer.seq) this.contradictions++;
    this.#seqs.set(message, answer.seq);
  }
}

/** One to five copies of each message, not far from each other. */
function shuffledCopies(): readonly number[] {
  const copies: { message: number; place: number }[] = [];
  for (let message = 0; message < messages; message++) {
    const count = 1 + Math.floor(Math.random() * copiesMax);
    for (let copy = 0; copy < count; copy++) copies.push({ message, place: message + Math.random() * 100 });
  }
  return copies.sort((a, b) => a.place - b.place).map(({ message }) => message);
}
