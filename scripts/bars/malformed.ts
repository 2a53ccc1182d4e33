import { errorCodes } from "../../shared/protocol/mod.ts";
import { ChatProcess } from "../load/chat_process.ts";
import { upTo } from "../load/crowd.ts";
import { nameOf, tokenOf } from "../load/population.ts";
import { residentKibOf } from "../load/process_usage.ts";
import { type Address, LoadConnection } from "../load/load_connection.ts";
import { fromSeed } from "../../tests/kit/seed.ts";
import { seededChance } from "../../tests/kit/world.ts";
import { Client } from "./client.ts";
import { pause } from "./kept_session.ts";
import { LineFuzzer, spoilers } from "./line_fuzzer.ts";
import type { Bar } from "./verdict.ts";
import { room, withRoom } from "./with_room.ts";

const lines = 50_000, connections = 10, growthMibMax = 32;

/** After this time, in milliseconds, a server has ended its hashing threads, each of which holds tens of MiB. */
const restMs = 31_000;

export const malformed: Bar = {
  says: `${lines} malformed lines: no crash, no mistake in the log, only the error codes that there are`,
  run: (say) =>
    withRoom(connections + 1, async (data) => {
      const { seed } = fromSeed();
      const chat = await ChatProcess.start({ data });
      const fuzzers = upTo(connections).map((number) =>
        new Fuzzer(chat.address, nameOf(number), seed + number)
      );
      const kibBefore = residentKibOf(chat.pid);
      await splitEverywhere(chat.address);
      await Promise.all(fuzzers.map((fuzzer) => fuzzer.run(lines / connections)));
      await pause(restMs);
      const growthMib = (residentKibOf(chat.pid) - kibBefore) / 1024;
      const works = await stillWorks(chat.address);
      const code = await chat.stop();
      const mistakes = chat.log.filter((line) => !line.startsWith("{") || line.includes('"level":"error"'));
      const codes = sum(fuzzers.map(({ answers }) => answers));
      const unknown = [...codes.keys()].filter((each) => !(each in errorCodes) && each !== "none");
      say([...codes].sort(([, a], [, b]) => b - a).map(([each, count]) => `${each} ${count}`).join(", "));
      say(`codes that are not in the list: ${unknown.length === 0 ? "none" : unknown.join(", ")}`);
      say(`mistakes in the log: ${mistakes.length}${mistakes.length > 0 ? `, like ${mistakes[0]}` : ""}`);
      say(`works afterwards: ${works ? "yes" : "NO"}, ended with code ${code}`);
      const isWell = works && code === 0;
      return {
        passed: isWell && mistakes.length + unknown.length === 0 && Math.abs(growthMib) <= growthMibMax,
        figure:
          `${
            isWell ? 0 : 1
          } crashes, ${mistakes.length} mistakes, ${unknown.length} unknown codes (target: 0); ` +
          `memory ${growthMib >= 0 ? "+" : ""}${growthMib.toFixed(1)} MiB (target: within ${growthMibMax})`,
      };
    }),
};

/** Says nonsense on one connection after another: half of them as a stranger, half as a member. */
class Fuzzer {
  /** How often each error code was the answer; "none" is an answer that is no error. */
  readonly answers: Map<string, number> = new Map();
  readonly #address: Address;
  readonly #name: string;
  readonly #lines: LineFuzzer;
  #rest = "";
  #pong: PromiseWithResolvers<void> = Promise.withResolvers();

  constructor(address: Address, name: string, seed: number) {
    this.#address = address;
    this.#name = name;
    this.#lines = new LineFuzzer(seededChance(seed).fraction);
  }

  async run(count: number): Promise<void> {
    let left = count;
    for (let turn = 0; left > 0; turn++) {
      const connection = await this.#connect(turn % 2 === 0);
      for (; left > 0 && connection.isOpen; left--) {
        await connection.write(this.#lines.next());
        await this.#settle(connection);
      }
      connection.close();
    }
  }

  async #connect(asMember: boolean): Promise<LoadConnection> {
    const connection = await LoadConnection.open(this.#address, 16 * 1024);
    await connection.hear("auth_required");
    if (asMember) {
      connection.say(JSON.stringify({ type: "resume", id: "enter", token: tokenOf(this.#name) }) + "\n");
      await connection.hear("auth_success");
    }
    this.#rest = "";
    const decoder = new TextDecoder();
    connection.listen((bytes) => this.#take(decoder.decode(bytes, { stream: true })));
    return connection;
  }

  /** Waits until everything so far was answered, or the connection has ended. */
  async #settle(connection: LoadConnection): Promise<void> {
    this.#pong = Promise.withResolvers();
    await connection.write(new TextEncoder().encode('{"type":"ping","id":"settle"}\n'));
    await Promise.race([this.#pong.promise, connection.ended]);
  }

  #take(text: string): void {
    const heard = (this.#rest + text).split("\n");
    this.#rest = heard.pop() ?? "";
    for (const line of heard) {
      const frame = JSON.parse(line);
      if (frame.re === "settle") this.#pong.resolve();
      else if (frame.type === "error" || frame.re !== undefined) this.#count(frame.code ?? "none");
    }
  }

  #count(code: string): void {
    this.answers.set(code, (this.answers.get(code) ?? 0) + 1);
  }
}

/** Sends good and bad lines in two pieces, cut at every byte, and byte by byte. */
async function splitEverywhere(address: Address): Promise<void> {
  const client = await Client.open(address);
  await client.resume(nameOf(0));
  const samples = [`{"type":"ping","id":"é\\u00e9 🙂"}\n`, ...spoilers.map((spoiler) => `${spoiler}\n`)];
  for (const sample of samples) {
    const bytes = new TextEncoder().encode(sample);
    if (bytes.length > 200) continue;
    for (let cut = 1; cut < bytes.length; cut++) {
      await client.write(bytes.subarray(0, cut));
      await client.write(bytes.subarray(cut));
    }
    for (const byte of bytes) await client.write(Uint8Array.of(byte));
  }
  const answer = await client.ask({ type: "ping" });
  client.close();
  if (answer?.type !== "pong") throw new Error("A line in pieces ended the connection");
}

async function stillWorks(address: Address): Promise<boolean> {
  const client = await Client.open(address);
  await client.resume(nameOf(connections));
  const answer = await client.ask({ type: "send", room, text: "still here" });
  client.close();
  return answer?.type === "ok";
}

function sum(all: readonly ReadonlyMap<string, number>[]): Map<string, number> {
  const total = new Map<string, number>();
  for (const each of all) for (const [key, count] of each) total.set(key, (total.get(key) ?? 0) + count);
  return total;
}
