import { openStore } from "../../server/store/mod.ts";
import { ChatProcess } from "../load/chat_process.ts";
import { upTo } from "../load/crowd.ts";
import { nameOf, populate } from "../load/population.ts";
import { KeptSession, pause } from "./kept_session.ts";
import { Reader } from "./reader.ts";
import { describeState, rotationState, startRotation } from "./rotation_process.ts";
import { Talker } from "./talker.ts";
import type { Bar, Verdict } from "./verdict.ts";

const rooms = 1_000, messagesARoom = 20, readers = 5, talkers = 5;
const targetMs = 10_000, kills = 20;

type Say = (line: string) => void;

export const keyRotation: Bar = {
  says: `With ${rooms} rooms, while people talk and read, keys are rotated within ${targetMs / 1000} s; ` +
    `${kills} times SIGKILL loses nothing`,
  run: async (say) => {
    const data = Deno.makeTempDirSync({ prefix: "chat-bar-" });
    try {
      const members = upTo(readers + talkers);
      const all = upTo(rooms).map((room) => ({ name: roomOf(room), members, messages: messagesARoom }));
      populate(data, { members: members.length, rooms: all });
      return await tryOn(data, say);
    } finally {
      Deno.removeSync(data, { recursive: true });
    }
  },
};

function roomOf(number: number): string {
  return `room-${number}`;
}

async function tryOn(data: string, say: Say): Promise<Verdict> {
  const chat = await ChatProcess.start({ data });
  // Each reader begins elsewhere, so that all rooms are read at all times.
  const audience = upTo(readers).map((number) =>
    new Reader(nameOf(number), roomsFrom(number * rooms / readers))
  );
  const speakers = upTo(talkers).map((number) =>
    new Talker({ name: nameOf(readers + number), room: roomOf(number), window: 500, everyMs: 20 })
  );
  const sessions = [...audience, ...speakers].map((visitor) => new KeptSession(chat.address, visitor));
  while (audience.some(({ pages }) => pages < 20)) await pause(10);
  const tookMs = await timeRotation(data, say);
  await killRotations(data, say);
  for (const reader of audience) reader.stop();
  await Promise.all(speakers.map((speaker) => speaker.finish()));
  await Promise.all(sessions.map((session) => session.stop()));
  await chat.stop();
  return judge(data, tookMs, audience, speakers, say);
}

function roomsFrom(start: number): readonly string[] {
  return upTo(rooms).map((number) => roomOf((start + number) % rooms));
}

/** From the start of the command to its end. */
async function timeRotation(data: string, say: Say): Promise<number> {
  const start = performance.now();
  const { success, output } = await startRotation(data).ended;
  for (const line of output.trim().split("\n")) say(`| ${line}`);
  return success ? Math.round(performance.now() - start) : Infinity;
}

/** Each is killed at another moment after it has begun to change something. The last one may finish. */
async function killRotations(data: string, say: Say): Promise<void> {
  const states = new Map<string, number>();
  for (let kill = 0; kill < kills; kill++) {
    const before = JSON.stringify(rotationState(data));
    const rotation = startRotation(data);
    while (JSON.stringify(rotationState(data)) === before) await pause(1);
    await pause(kill * 10);
    rotation.kill();
    await rotation.ended;
    const state = describeState(rotationState(data));
    states.set(state, (states.get(state) ?? 0) + 1);
  }
  say(`killed: ${[...states].map(([state, count]) => `${count} ${state}`).join(", ")}`);
  const { success, output } = await startRotation(data).ended;
  if (!success) say(`FAILED to finish: ${output}`);
}

function judge(
  data: string,
  tookMs: number,
  audience: readonly Reader[],
  speakers: readonly Talker[],
  say: Say,
): Verdict {
  const failures = audience.flatMap((reader) => reader.failures);
  for (const failure of failures.slice(0, 5)) say(`FAILED to read ${failure}`);
  say(`pages read meanwhile: ${audience.reduce((sum, { pages }) => sum + pages, 0)}`);
  const lost = countLost(data, speakers, say);
  const { rootKeys, wrapped } = rotationState(data);
  say(`in the end ${rootKeys.length} root key wraps ${wrapped.join(" and ")} data keys`);
  const isWhole = rootKeys.length === 1 && wrapped.length === 1;
  return {
    passed: tookMs <= targetMs && failures.length + lost === 0 && isWhole,
    figure:
      `${tookMs} ms under load (target: at most ${targetMs} ms); ${failures.length} reads failed (target: 0); ` +
      `${lost} messages lost or unreadable after ${kills} kills (target: 0)`,
  };
}

/** Messages that are not there, or do not open: those that every room began with, and those that were acknowledged. */
function countLost(data: string, speakers: readonly Talker[], say: Say): number {
  const store = openStore(`${data}/server/chat.db`);
  const acknowledged = new Map(
    speakers.flatMap((speaker, number) => [[roomOf(number), speaker.acknowledged]]),
  );
  let lost = 0, read = 0;
  for (const { id, name } of store.rooms.rooms()) {
    const texts = [...store.events.after(id, 0, 1_000_000)].map(({ text }) => text);
    read += texts.length;
    if (name === "general") continue;
    lost += Math.max(0, messagesARoom - texts.length);
    for (const [text, seq] of acknowledged.get(name) ?? []) if (texts[seq - 1] !== text) lost++;
  }
  store.close();
  say(`messages read in the end: ${read}`);
  return lost;
}
