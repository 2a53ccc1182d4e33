import { backOffMs } from "../../client/connection/back_off.ts";
import { systemChance } from "../../shared/world/mod.ts";
import { ChatProcess } from "../load/chat_process.ts";
import { upTo } from "../load/crowd.ts";
import { nameOf } from "../load/population.ts";
import { Follower } from "./follower.ts";
import { KeptSession, type Patience, pause } from "./kept_session.ts";
import { judgeFollowers } from "./shown_and_stored.ts";
import { Talker } from "./talker.ts";
import type { Bar } from "./verdict.ts";
import { room, withRoom } from "./with_room.ts";

const restarts = 10, followers = 20, talkers = 4, targetMs = 3_000;

const chance = systemChance();

/** As this program's own client waits. */
const patience: Patience = (failures, retryAfterMs) => backOffMs(chance, failures, retryAfterMs);

export const gracefulRestart: Bar = {
  says:
    `${restarts} restarts under load: nothing is lost or doubled, and clients are back within ${targetMs} ms`,
  run: (say) =>
    withRoom(followers + talkers, async (data) => {
      let chat = await ChatProcess.start({ data });
      const crowd = upTo(followers).map((number) => new Follower(nameOf(number), room));
      const speakers = upTo(talkers)
        .map((number) => new Talker({ name: nameOf(followers + number), room, window: 500, everyMs: 20 }));
      const sessions = [...crowd, ...speakers]
        .map((visitor) => new KeptSession(chat.address, visitor, patience));
      for (let restart = 1; restart <= restarts; restart++) {
        await pause(500);
        await chat.stop();
        chat = await ChatProcess.start({ data, port: chat.address.port });
        while (sessions.some(({ gapsMs }) => gapsMs.length < restart)) await pause(10);
      }
      await Promise.all(speakers.map((talker) => talker.finish()));
      const { faults } = await judgeFollowers(crowd, speakers, say, async () => {
        await Promise.all(sessions.map((session) => session.stop()));
        await chat.stop();
        return data;
      });
      const gaps = sessions.flatMap(({ gapsMs }) => gapsMs).sort((a, b) => a - b);
      const p99Ms = Math.round(gaps[Math.ceil(0.99 * gaps.length) - 1] ?? Infinity);
      const middleMs = Math.round(gaps[Math.floor(gaps.length / 2)] ?? Infinity);
      say(`${gaps.length} gaps, from the loss to the next welcome: half within ${middleMs} ms`);
      return {
        passed: faults === 0 && p99Ms <= targetMs,
        figure:
          `${faults} faults (target: 0); gap ${p99Ms} ms at the 99th percentile (target: at most ${targetMs} ms)`,
      };
    }),
};
