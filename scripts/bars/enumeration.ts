import { bcrypt } from "hash-wasm";
import { importUsers } from "../../server/mod.ts";
import { lineLog, systemChance, systemClock } from "../../shared/world/mod.ts";
import { ChatProcess } from "../load/chat_process.ts";
import type { Address } from "../load/load_connection.ts";
import { Client, type Frame } from "./client.ts";
import { rankSumP } from "./rank_sum.ts";
import type { Bar } from "./verdict.ts";
import { withRoom } from "./with_room.ts";

const logins = 402, atOnce = 4, differenceMax = 0.05, pMin = 0.01;

/** Accounts that there are, one of them from elsewhere with a hash of another kind, and one that there is not. */
const names = ["here", "imported", "nobody"] as const;

type Name = (typeof names)[number];

const password = "slowly slowly catches the monkey";

export const enumeration: Bar = {
  says:
    `${logins} logins with wrong passwords: neither answers nor times tell whether there is such an account`,
  run: (say) =>
    withRoom(1, async (data) => {
      await importOne(data);
      const chat = await ChatProcess.start({ data });
      await register(chat.address);
      const tries = await tryAll(chat.address);
      await chat.stop();
      const frames = new Set(names.flatMap((name) => tries.get(name)?.frames ?? []));
      const nobody = timesOf(tries, "nobody");
      const found = (["here", "imported"] as const).map((name) => ({
        name,
        ...compare(timesOf(tries, name), nobody),
      }));
      say(
        `different answers: ${frames.size}; without an account the median is ${
          medianOf(nobody).toFixed(1)
        } ms`,
      );
      for (const { name, difference, p } of found) {
        say(`"${name}": medians differ by ${(100 * difference).toFixed(2)} %, p = ${p.toFixed(3)}`);
      }
      const difference = Math.max(...found.map((each) => each.difference));
      const p = Math.min(...found.map((each) => each.p));
      return {
        passed: frames.size === 1 && difference <= differenceMax && p > pMin,
        figure:
          `${frames.size} kind of answer (target: 1); medians differ by ${(100 * difference).toFixed(2)} % ` +
          `(at most ${100 * differenceMax}), Mann-Whitney p ${p.toFixed(3)} (more than ${pMin})`,
      };
    }),
};

async function importOne(data: string): Promise<void> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const hash = await bcrypt({ password, salt, costFactor: 12, outputType: "encoded" });
  const clock = systemClock();
  const world = { clock, chance: systemChance(), log: lineLog("json", clock, () => {}) };
  importUsers({ directory: `${data}/server`, text: `imported:${hash}` }, world);
}

async function register(address: Address): Promise<void> {
  const client = await Client.open(address);
  await client.ask({ type: "register", username: "here", password });
  client.close();
}

/** What came of the tries with one name. */
interface Tries {
  readonly frames: string[];
  readonly timesMs: number[];
}

/** Tries all names equally often, in a random order, a few at a time. */
async function tryAll(address: Address): Promise<ReadonlyMap<Name, Tries>> {
  const tries = new Map<Name, Tries>(names.map((name) => [name, { frames: [], timesMs: [] }]));
  const order = Array.from(
    { length: logins },
    (_, at) => ({ name: names[at % names.length], at: Math.random() }),
  )
    .sort((one, other) => one.at - other.at).values();
  await Promise.all(Array.from({ length: atOnce }, async () => {
    for (const { name } of order) {
      if (name === undefined) continue;
      const { frame, ms } = await tryOnce(address, name);
      tries.get(name)?.frames.push(frame);
      tries.get(name)?.timesMs.push(ms);
    }
  }));
  return tries;
}

async function tryOnce(
  address: Address,
  username: Name,
): Promise<{ readonly frame: string; readonly ms: number }> {
  const client = await Client.open(address);
  const began = performance.now();
  const answer: Frame = await client.ask({ type: "login", username, password: `not ${password}` });
  const ms = performance.now() - began;
  client.close();
  return { frame: JSON.stringify(answer), ms };
}

function timesOf(tries: ReadonlyMap<Name, Tries>, name: Name): readonly number[] {
  return tries.get(name)?.timesMs ?? [];
}

function compare(
  one: readonly number[],
  other: readonly number[],
): { readonly difference: number; readonly p: number } {
  return { difference: Math.abs(medianOf(one) / medianOf(other) - 1), p: rankSumP(one, other) };
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN;
}
