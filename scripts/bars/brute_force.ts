import { ChatProcess } from "../load/chat_process.ts";
import { Latencies } from "../load/latencies.ts";
import type { Address } from "../load/load_connection.ts";
import { nameOf } from "../load/population.ts";
import { Client } from "./client.ts";
import { pause } from "./kept_session.ts";
import type { Bar } from "./verdict.ts";
import { withRoom } from "./with_room.ts";

const guesses = 10_000,
  guessesAtMany = 5_000,
  addresses = 50,
  hashesMax = 100,
  loginMsMax = 2_000,
  stallMsMax = 50;

/** How often somebody who talks meanwhile asks something, and how often the owner of the account logs in, in milliseconds. */
const askEveryMs = 60, loginEveryMs = 250;

const username = "victim", password = "slowly slowly catches the monkey";

/** What the attacker is told. */
export interface Assault {
  readonly port: number;
  readonly authorityPem: string;
  /** One account's, or a new one each time. */
  readonly names: "many" | { readonly one: string };
  readonly guesses: number;
  readonly addresses: number;
}

export interface AssaultOutcome {
  /** How often each code was the answer. */
  readonly answers: Readonly<Record<string, number>>;
}

export const bruteForce: Bar = {
  says:
    `${guesses} guesses at one account from ${addresses} addresses: at most ${hashesMax} are looked at, and its owner ` +
    `logs in, also while ${guessesAtMany} are made at as many names`,
  run: (say) =>
    withRoom(1, async (data) => {
      const owner = new Owner();
      const atOne = await storm(data, owner, { names: { one: username }, guesses }, say);
      const atMany = await storm(data, owner, { names: "many", guesses: guessesAtMany }, say);
      const slowestMs = Math.max(atOne.slowestMs, atMany.slowestMs);
      const stallMs = Math.max(atOne.stallMs, atMany.stallMs);
      return {
        passed: atOne.hashes <= hashesMax && atOne.isKept && atMany.isKept && slowestMs <= loginMsMax &&
          stallMs <= stallMsMax,
        figure:
          `${atOne.hashes} hashes computed for the guesses (target: at most ${hashesMax}); the known device logged in ` +
          `within ${Math.round(atOne.slowestMs)} ms, and within ${
            Math.round(atMany.slowestMs)
          } ms while many names were ` +
          `guessed at (at most ${loginMsMax}); others' answers p99 ${
            stallMs.toFixed(1)
          } ms (at most ${stallMsMax})`,
      };
    }),
};

/** What came of an assault. */
interface Storm {
  readonly hashes: number;
  /** The longest that the owner took to log in. */
  readonly slowestMs: number;
  /** Of those who were in meanwhile. */
  readonly stallMs: number;
  /** Whether the owner always came in, and the attacker never. */
  readonly isKept: boolean;
}

async function storm(
  data: string,
  owner: Owner,
  plan: Pick<Assault, "names" | "guesses">,
  say: (line: string) => void,
): Promise<Storm> {
  const chat = await ChatProcess.start({ data, rates: true });
  await owner.arrive(chat.address);
  const calm = await Latecomer.listen(chat.address, pause(3_000));
  const began = performance.now();
  const assault = attack(chat.address, plan);
  const [{ answers }, stormy] = await Promise.all([
    assault,
    Latecomer.listen(chat.address, assault),
    owner.comeAndGo(assault),
  ]);
  const seconds = (performance.now() - began) / 1000;
  await chat.stop();
  const stallMs = stormy.percentileMs(0.99);
  const { latencies, failures } = owner;
  say(`${plan.guesses} guesses in ${seconds.toFixed(1)} s, answered ${JSON.stringify(answers)}`);
  say(
    `another's answers before: p99 ${calm.percentileMs(0.99).toFixed(1)} ms, at most ${
      calm.maxMs.toFixed(1)
    }`,
  );
  say(
    `and meanwhile: p99 ${stallMs.toFixed(1)} ms, at most ${
      stormy.maxMs.toFixed(1)
    } (${stormy.count} answers)`,
  );
  say(
    `the owner came in ${latencies.count} times, and was kept out ${failures.length} times ${
      failures[0] ?? ""
    }`,
  );
  return {
    hashes: hashesIn(chat.log) - owner.hashes,
    slowestMs: latencies.maxMs,
    stallMs,
    isKept: failures.length === 0 && latencies.count > 0 && answers["auth_success"] === undefined,
  };
}

function attack(
  { port, authorityPem }: Address,
  plan: Pick<Assault, "names" | "guesses">,
): Promise<AssaultOutcome> {
  const worker = new Worker(new URL("./guesser_worker.ts", import.meta.url), { type: "module" });
  const assault: Assault = { port, authorityPem, addresses, ...plan };
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<AssaultOutcome>) => {
      worker.terminate();
      resolve(data);
    };
    worker.onerror = reject;
    worker.postMessage(assault);
  });
}

/** How many hashes the server says it has computed. */
function hashesIn(log: readonly string[]): number {
  const computed = log.map((line) => /"password_hashes","computed":(\d+)/.exec(line)?.[1]).find((text) =>
    text
  );
  if (computed === undefined) throw new Error("The server did not tell how many hashes it has computed");
  return Number(computed);
}

/** The account's owner, who logs in from a device that is known again and again. */
class Owner {
  latencies: Latencies = new Latencies();
  failures: string[] = [];
  /** Computed for the owner on the server that they came to last: one at the registration and one for each login. */
  hashes = 0;
  #address: Address | undefined;
  #deviceProof: string | undefined;

  /** Comes to a server that has just been started: registers there, or is known from before. */
  async arrive(address: Address): Promise<void> {
    this.latencies = new Latencies();
    this.failures = [];
    this.hashes = 0;
    this.#address = address;
    if (this.#deviceProof !== undefined) return;
    const client = await Client.open(address);
    this.#deviceProof = (await client.ask({ type: "register", username, password })).deviceProof;
    this.hashes = 1;
    client.close();
  }

  async comeAndGo(until: Promise<unknown>): Promise<void> {
    let over = false;
    void until.finally(() => over = true);
    while (!over) {
      await this.#login();
      await pause(loginEveryMs);
    }
  }

  async #login(): Promise<void> {
    if (this.#address === undefined) throw new Error("The owner has not arrived");
    const began = performance.now();
    const client = await Client.open(this.#address);
    const answer = await client.ask({ type: "login", username, password, deviceProof: this.#deviceProof });
    client.close();
    this.hashes++;
    if (answer?.type !== "auth_success") return void this.failures.push(JSON.stringify(answer));
    this.#deviceProof = answer.deviceProof;
    this.latencies.add(performance.now() - began);
  }
}

/** Somebody else, who is in and asks something from time to time. */
class Latecomer {
  static async listen(address: Address, until: Promise<unknown>): Promise<Latencies> {
    const latencies = new Latencies();
    const client = await Client.open(address);
    await client.resume(nameOf(0));
    let over = false;
    void until.finally(() => over = true);
    while (!over) {
      const began = performance.now();
      await client.ask({ type: "ping" });
      latencies.add(performance.now() - began);
      await pause(askEveryMs);
    }
    client.close();
    return latencies;
  }
}
