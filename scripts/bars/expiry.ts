import { createHash, randomBytes } from "node:crypto";
import { DatabaseSync } from "node:sqlite";
import { openStore } from "../../server/store/mod.ts";
import { ChatProcess } from "../load/chat_process.ts";
import { nameOf, populate } from "../load/population.ts";
import { filesBelow } from "./canaries.ts";
import { Client, type Frame } from "./client.ts";
import { pause } from "./kept_session.ts";
import { indexTraces, type Traces, tracesIn, tracesOf } from "./traces.ts";
import type { Bar, Verdict } from "./verdict.ts";

/** Messages that go for their age, that end by themselves, with files and without, and that stay. */
const old = 5_000, files = 1_000, short = 4_000, kept = 500;
const gone = old + files + short;

/** Messages of `populate` were said in 1970: with the first rule they are all over. */
const hourMs = 3_600_000;
const lifeMsMin = 10_000, lifeMsMax = 20_000;

/** Rooms by their ids. */
const rooms = { old: 2, short: 3, kept: 4 };
const goneRooms = [rooms.old, rooms.short];

const waitMsMax = 150_000;

/** So many free pages a server keeps for what will be said next. */
const freePagesMax = 64;

const pageBytes = 4096;

/** What stays is a place for each message, so that the log of a room has no holes, and what was told of their end. */
const shrunkMax = 2 / 3;

type Say = (line: string) => void;

export const expiry: Bar = {
  says:
    `${gone} messages and ${files} files with mixed lifetimes expire and leave no trace in database, log, files and ` +
    "search, each goes once, also over a SIGKILL, and the database file shrinks",
  run: async (say) => {
    const place = Deno.makeTempDirSync({ prefix: "chat-bar-" });
    try {
      return await tryIn(place, say);
    } finally {
      Deno.removeSync(place, { recursive: true });
    }
  },
};

async function tryIn(place: string, say: Say): Promise<Verdict> {
  const data = `${place}/data`, database = `${data}/server/chat.db`;
  const all = [0, 1];
  populate(data, {
    members: all.length,
    rooms: [{ name: "old", members: all, messages: old }, { name: "short", members: all }, {
      name: "kept",
      members: all,
      messages: kept,
    }],
  });
  const first = await ChatProcess.start({ data });
  const before = await live(first, data, place, say);
  await until(() => left(database) < gone / 2);
  await first.stop("SIGKILL");
  say(`killed when ${gone - left(database)} were gone`);
  const second = await ChatProcess.start({ data });
  const talk = await Talk.begin(second, "kept", nameOf(1));
  await until(() => left(database) === 0);
  const worst = talk.end();
  await until(() => isTidy(data));
  await second.stop();
  return judge(data, before, worst, say);
}

/** What was there before anything was over, and how much room it took. */
interface Before {
  readonly traces: Traces;
  readonly terms: Traces;
  readonly bytes: number;
  readonly unseen: number;
}

/** Says, edits, adorns and uploads what is to go, looks at it, and then makes the old messages be over. */
async function live(chat: ChatProcess, data: string, place: string, say: Say): Promise<Before> {
  const client = await Client.open(chat.address);
  await client.resume(nameOf(0));
  const ask = async (frame: Frame) => {
    const answer = await client.ask(frame);
    if (answer === undefined || answer.type === "error") {
      throw new Error(`${JSON.stringify(frame)} was answered with ${JSON.stringify(answer)}`);
    }
    return answer;
  };
  // Of every second old message this one is the author.
  const own = Array.from({ length: 100 }, (_, index) => 2 * (index + 1));
  await Promise.all(
    own.map((seq) => ask({ type: "edit", room: "old", seq, text: `changed ${randomWord()}` })),
  );
  await Promise.all(own.map((seq) => ask({ type: "react", room: "old", seq, emoji: "👍" })));
  await Promise.all(own.map((seq) => ask({ type: "pin", room: "old", seq })));
  const lanes = Array.from({ length: 4 }, async (_, lane) => {
    for (let number = lane; number < files; number += 4) await sendFile(ask, number);
  });
  await Promise.all(lanes);
  const texts = Array.from({ length: short }, () => `to go soon: ${randomWord()} ${randomWord()} @u1`);
  await Promise.all(texts.map((text) => ask({ type: "send", room: "short", text, lifeMs: someLife() })));
  while (!(await ask({ type: "search", text: "changed" })).indexed) await pause(100);
  const before = look(data, place);
  say(
    `${before.traces.size} sealed texts and files and ${before.terms.size} words in the index are there, ` +
      `${before.unseen} of them not seen; the database has ${inMb(before.bytes)}`,
  );
  await ask({ type: "change", room: "old", retentionMs: hourMs });
  client.close();
  return before;
}

async function sendFile(ask: (frame: Frame) => Promise<Frame>, number: number): Promise<void> {
  const content = randomBytes(1_000 + number);
  const digest = createHash("sha256").update(content).digest("base64url");
  const { file } = await ask({
    type: "upload",
    room: "short",
    name: `secret ${number}.bin`,
    size: content.length,
    digest,
  });
  await ask({ type: "put", file, at: 0, data: content.toString("base64") });
  await ask({ type: "send", room: "short", text: randomWord(), files: [file], lifeMs: someLife() });
}

function randomWord(): string {
  return `w${randomBytes(8).toString("hex")}`;
}

function someLife(): number {
  return Math.floor(lifeMsMin + Math.random() * (lifeMsMax - lifeMsMin));
}

/** At a copy: the server goes on. */
function look(data: string, place: string): Before {
  const copy = `${place}/copy`;
  Deno.mkdirSync(copy);
  for (const name of ["chat.db", "chat.db-wal"]) {
    Deno.copyFileSync(`${data}/server/${name}`, `${copy}/${name}`);
  }
  const traces = new Set([...tracesOf(`${copy}/chat.db`, goneRooms)]), terms = indexTraces(`${copy}/chat.db`);
  const all = new Set([...traces, ...terms]);
  const unseen = all.size - tracesIn(copy, all).size;
  const bytes = pagesOf(`${copy}/chat.db`).all * pageBytes;
  Deno.removeSync(copy, { recursive: true });
  return { traces, terms, bytes, unseen };
}

/** How many of the messages that are to go are there. */
function left(database: string): number {
  using open = new DatabaseSync(database, { readOnly: true });
  const sql =
    `SELECT count(*) AS count FROM event WHERE type = 'message' AND text IS NOT NULL AND room_id IN (${goneRooms})`;
  return Number(open.prepare(sql).get()?.count);
}

/** Whether what expired has given its space back. */
function isTidy(data: string): boolean {
  const database = `${data}/server/chat.db`;
  const { all, free } = pagesOf(database);
  const isShort = Deno.statSync(database).size <= all * pageBytes &&
    Deno.statSync(`${database}-wal`).size === 0;
  return free <= freePagesMax && isShort && isInOrder(database) && contents(data) === 0;
}

/** Whether the search index was put in order after the last word was taken out. */
function isInOrder(database: string): boolean {
  using open = new DatabaseSync(database, { readOnly: true });
  return open.prepare("SELECT 1 FROM search_position WHERE gone = packed").get() !== undefined;
}

function pagesOf(database: string): { readonly all: number; readonly free: number } {
  using open = new DatabaseSync(database, { readOnly: true });
  return {
    all: Number(open.prepare("PRAGMA page_count").get()?.page_count),
    free: Number(open.prepare("PRAGMA freelist_count").get()?.freelist_count),
  };
}

function contents(data: string): number {
  return filesBelow(`${data}/server/files`).length;
}

async function until(isSo: () => boolean): Promise<void> {
  const end = performance.now() + waitMsMax;
  while (!isSo()) {
    if (performance.now() > end) throw new Error("what should have expired is still there");
    await pause(500);
  }
}

/** Somebody who talks meanwhile, and how long that took. */
class Talk {
  readonly #client: Client;
  readonly #tookMs: number[] = [];
  #isOver = false;

  private constructor(client: Client) {
    this.#client = client;
  }

  static async begin(chat: ChatProcess, room: string, name: string): Promise<Talk> {
    const client = await Client.open(chat.address);
    await client.resume(name);
    const talk = new Talk(client);
    void talk.#go(room);
    return talk;
  }

  /** Returns the time that 99 of 100 messages did not take, in milliseconds. */
  end(): number {
    this.#isOver = true;
    this.#client.close();
    const sorted = this.#tookMs.toSorted((one, other) => one - other);
    return sorted[Math.floor(sorted.length * 0.99)] ?? NaN;
  }

  async #go(room: string): Promise<void> {
    while (!this.#isOver) {
      const begun = performance.now();
      const answer = await this.#client.ask({ type: "send", room, text: "still here" });
      if (answer !== undefined) this.#tookMs.push(performance.now() - begun);
      await pause(20);
    }
  }
}

function judge(data: string, before: Before, worstMs: number, say: Say): Verdict {
  const database = `${data}/server/chat.db`;
  const bytes = Deno.statSync(database).size;
  const stays = indexTraces(database);
  const traces = new Set([...before.traces, ...before.terms].filter((trace) => !stays.has(trace)));
  const seen = tracesIn(data, traces), found = seen.size;
  for (const trace of seen) {
    say(`LEFT: ${before.terms.has(trace) ? "a word of the index" : "a sealed text or file"}`);
  }
  const { told, twice, there } = history(data);
  say(`the database has ${inMb(bytes)}; ${told} messages were told to be gone, ${twice} of them twice`);
  say(`somebody who talked meanwhile waited ${worstMs.toFixed(1)} ms (p99)`);
  const passed = found === 0 && before.unseen === 0 && bytes < before.bytes * shrunkMax && told === gone &&
    twice === 0 &&
    there >= kept && contents(data) === 0;
  return {
    passed,
    figure: `${found} traces (target: 0) of ${traces.size} looked for; ${told} of ${gone} told once; ` +
      `${contents(data)} files left; the database shrank from ${inMb(before.bytes)} to ${inMb(bytes)}; ` +
      `${there} of ${kept} other messages are there`,
  };
}

function history(data: string): { readonly told: number; readonly twice: number; readonly there: number } {
  const store = openStore(`${data}/server/chat.db`);
  const targets = goneRooms.flatMap((roomId) =>
    [...store.events.after(roomId, 0, 2 * gone)].flatMap(({ targets = [] }) =>
      targets.map((seq) => `${roomId} ${seq}`)
    )
  );
  const there = [...store.events.after(rooms.kept, 0, kept)].filter(({ text }) => text !== undefined).length;
  store.close();
  const told = new Set(targets).size;
  return { told, twice: targets.length - told, there };
}

function inMb(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}
