import { ChatProcess } from "../load/chat_process.ts";
import { upTo } from "../load/crowd.ts";
import { type Address, LoadConnection } from "../load/load_connection.ts";
import { Latencies } from "../load/latencies.ts";
import { establishedOn } from "../load/process_usage.ts";
import { limits } from "../../shared/protocol/mod.ts";
import { Client } from "./client.ts";
import { Insisters } from "./insisters.ts";
import { pause } from "./kept_session.ts";
import type { Bar } from "./verdict.ts";
import { withRoom } from "./with_room.ts";

const sockets = 1_000,
  closedMsMax = 20_000,
  loginMsMax = 1_000,
  loginEveryMs = 250,
  dribbleEveryMs = 1_000,
  openEveryMs = 2,
  insisters = 400,
  insistMs = 10_000;
const password = "slowly slowly catches the monkey";

export const slowloris: Bar = {
  says:
    `${sockets} silent or dribbling sockets from one address: all are closed, and people log in from there meanwhile; ` +
    `${insisters} that keep asking are held to ${limits.strangersPerNetworkMax}`,
  run: (say) =>
    withRoom(1, async (data) => {
      const chat = await ChatProcess.start({ data, rates: true });
      const deviceProof = await register(chat.address);
      const watching = new Logins(chat.address, undefined);
      const began = performance.now();
      const attack = new Attack(chat.address);
      await attack.begin();
      say(`${attack.opened} sockets opened in ${Math.round(performance.now() - began)} ms`);
      while (attack.left > 0 && performance.now() - began < closedMsMax + 5_000) await pause(50);
      const closedMs = attack.left === 0 ? performance.now() - began : Infinity;
      await watching.stop();
      await pause(200);
      const { latencies, failures } = watching;
      const leftOver = establishedOn(chat.address.port);
      const held = await insist(chat.address, deviceProof, say);
      await chat.stop();
      const p99Ms = latencies.percentileMs(0.99);
      say(
        `all closed after ${
          (closedMs / 1000).toFixed(1)
        } s; sockets that the server still holds: ${leftOver}`,
      );
      say(
        `logins: ${latencies.count}, failed ${failures.length}${
          failures.length > 0 ? `: ${failures[0]}` : ""
        }`,
      );
      return {
        passed: closedMs <= closedMsMax && leftOver === 0 && failures.length === 0 && p99Ms <= loginMsMax &&
          held.strangers <= limits.strangersPerNetworkMax && held.failures === 0,
        figure:
          `all closed after ${(closedMs / 1000).toFixed(1)} s (target: at most ${closedMsMax / 1000}); ` +
          `${failures.length} logins failed (target: 0), p99 ${
            Math.round(p99Ms)
          } ms (at most ${loginMsMax}); ` +
          `${held.strangers} that keep asking were open (at most ${limits.strangersPerNetworkMax}), and ${held.failures} ` +
          `logins failed meanwhile (target: 0)`,
      };
    }),
};

/** Returns the proof of the device. */
async function register(address: Address): Promise<string> {
  const client = await Client.open(address);
  const { deviceProof } = await client.ask({ type: "register", username: "patient", password });
  client.close();
  return deviceProof;
}

/** How many of those who keep asking were open at the end, and how many logins from elsewhere failed meanwhile. */
async function insist(
  address: Address,
  deviceProof: string,
  say: (line: string) => void,
): Promise<{ readonly strangers: number; readonly failures: number }> {
  const crowd = new Insisters(address, insisters);
  await pause(3_000);
  const watching = new Logins(address, deviceProof);
  await pause(insistMs);
  await watching.stop();
  await pause(200);
  const strangers = await fewestEstablishedOn(address.port);
  await crowd.stop();
  const { failures, latencies } = watching;
  say(
    `while ${insisters} kept asking: ${latencies.count} logins, failed ${failures.length} ${
      failures[0] ?? ""
    }`,
  );
  return { strangers, failures: failures.length };
}

/** Those in their handshake, or just being turned away, are open for a moment too: in one of the looks there are fewest. */
async function fewestEstablishedOn(port: number): Promise<number> {
  let fewest = Infinity;
  for (let looks = 0; looks < 20; looks++) {
    fewest = Math.min(fewest, establishedOn(port));
    await pause(50);
  }
  return fewest;
}

/** Somebody who logs in with a password again and again. */
class Logins {
  readonly latencies = new Latencies();
  readonly failures: string[] = [];
  readonly #deviceProof: string | undefined;
  readonly #running: Promise<void>;
  #stopped = false;

  constructor(address: Address, deviceProof: string | undefined) {
    this.#deviceProof = deviceProof;
    this.#running = this.#run(address);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
  }

  async #run(address: Address): Promise<void> {
    while (!this.#stopped) {
      const began = performance.now();
      try {
        const client = await Client.open(address);
        const deviceProof = this.#deviceProof;
        const answer = await client.ask({ type: "login", username: "patient", password, deviceProof });
        client.close();
        if (answer?.type !== "auth_success") throw new Error(JSON.stringify(answer));
        this.latencies.add(performance.now() - began);
      } catch (error) {
        this.failures.push(String(error));
      }
      await pause(loginEveryMs);
    }
  }
}

/** The beginning of a handshake that would be longer. */
const helloStart = "\x16\x03\x01\x02\x00\x01\x00\x01\x7c\x03\x03".padEnd(200, "a");

/** Sockets that keep the server waiting: before TLS and after it, silent and byte by byte. */
class Attack {
  opened = 0;
  left = 0;
  readonly #address: Address;

  constructor(address: Address) {
    this.#address = address;
  }

  async begin(): Promise<void> {
    const kinds = [
      () => this.#plain(""),
      () => this.#plain(""),
      () => this.#plain(helloStart),
      () => this.#secure(""),
      () => this.#secure('{"type":"login","id":"1","username":"patient","password":"'.padEnd(200, "x")),
    ];
    await Promise.all(
      upTo(sockets).map(async (number) => {
        await pause(number * openEveryMs);
        this.left++;
        this.opened++;
        await kinds[number % kinds.length]?.();
      }),
    );
  }

  async #plain(dribble: string): Promise<void> {
    const conn = await Deno.connect({ hostname: "127.0.0.1", port: this.#address.port });
    void this.#untilClosed(conn);
    void dribbleInto(dribble, async (byte) => void await conn.write(byte));
  }

  async #untilClosed(conn: Deno.TcpConn): Promise<void> {
    const buffer = new Uint8Array(1_024);
    // A reset is as much an end as an orderly one.
    while (await conn.read(buffer).catch(() => null) !== null);
    this.left--;
    conn.close();
  }

  async #secure(dribble: string): Promise<void> {
    try {
      const connection = await LoadConnection.open(this.#address, 1_024);
      connection.listen(() => {});
      void connection.ended.then(() => this.left--);
      void dribbleInto(dribble, (byte) => {
        if (!connection.isOpen) throw new Error("closed");
        connection.say(new TextDecoder().decode(byte));
        return Promise.resolve();
      });
    } catch {
      // Not even let in: that is closed, too.
      this.left--;
    }
  }
}

async function dribbleInto(text: string, write: (byte: Uint8Array) => Promise<void>): Promise<void> {
  try {
    for (const byte of new TextEncoder().encode(text)) {
      await write(Uint8Array.of(byte));
      await pause(dribbleEveryMs);
    }
  } catch {
    // The server has closed it, which is what is waited for.
  }
}
