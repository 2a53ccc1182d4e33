import { ChatProcess } from "../load/chat_process.ts";
import { nameOf } from "../load/population.ts";
import { freePort } from "../bench/peers/peer.ts";
import { KeptSession, pause } from "./kept_session.ts";
import { Talker } from "./talker.ts";
import type { Bar, Verdict } from "./verdict.ts";
import { room, withRoom } from "./with_room.ts";

const restarts = 20, messages = 100_000, targetMs = 1_000;

export const recovery: Bar = {
  says: `From the start after a SIGKILL to the first ok, with ${messages.toLocaleString("en")} messages`,
  run: (say) =>
    withRoom(2, async (data) => {
      const times = await timeRestarts(data);
      const sorted = times.toSorted((a, b) => a - b).map((ms) => Math.round(ms));
      say(`${restarts} restarts, ms: ${sorted.join(" ")}`);
      return verdictOn(sorted);
    }, messages),
};

async function timeRestarts(data: string): Promise<readonly number[]> {
  const times: number[] = [];
  const port = freePort();
  let chat = await ChatProcess.start({ data, port });
  const talker = new Talker({ name: nameOf(0), room, window: 8, everyMs: 0 });
  const session = new KeptSession(chat.address, talker);
  for (let restart = 0; restart < restarts; restart++) {
    while (talker.acknowledgedAt === 0) await pause(5);
    await pause(200);
    await chat.stop("SIGKILL");
    talker.acknowledgedAt = 0;
    const started = performance.now();
    chat = await ChatProcess.start({ data, port });
    while (talker.acknowledgedAt === 0) await pause(1);
    times.push(talker.acknowledgedAt - started);
  }
  await session.stop();
  await chat.stop();
  return times;
}

/** Of twenty, the slowest stands for the 99th percentile. */
function verdictOn(sorted: readonly number[]): Verdict {
  const slowestMs = sorted.at(-1) ?? Infinity;
  return {
    passed: slowestMs <= targetMs,
    figure: `${slowestMs} ms to the first ok at the slowest restart (target: at most ${targetMs} ms)`,
  };
}
