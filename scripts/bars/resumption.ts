import { ChatProcess } from "../load/chat_process.ts";
import { upTo } from "../load/crowd.ts";
import { nameOf } from "../load/population.ts";
import { Follower } from "./follower.ts";
import { KeptSession, pause } from "./kept_session.ts";
import { judgeFollowers } from "./shown_and_stored.ts";
import { Talker } from "./talker.ts";
import type { Bar } from "./verdict.ts";
import { room, withRoom } from "./with_room.ts";

const followers = 20, talkers = 4, cuts = 200, cutEveryMs = 80;

export const resumption: Bar = {
  says: `${cuts} random disconnects across ${followers} clients: nothing is missing, twice or out of order`,
  run: (say) =>
    withRoom(followers + talkers, async (data) => {
      const chat = await ChatProcess.start({ data });
      const crowd = upTo(followers).map((number) => new Follower(nameOf(number), room));
      const following = crowd.map((follower) => new KeptSession(chat.address, follower));
      const speakers = upTo(talkers)
        .map((number) => new Talker({ name: nameOf(followers + number), room, window: 64, everyMs: 10 }));
      const speaking = speakers.map((talker) => new KeptSession(chat.address, talker));
      while (resumptions(following) < cuts) {
        await pause(cutEveryMs * 2 * Math.random());
        following[Math.floor(Math.random() * followers)]?.cut();
      }
      await Promise.all(speakers.map((talker) => talker.finish()));
      const verdict = await judgeFollowers(crowd, speakers, say, async () => {
        await Promise.all([...following, ...speaking].map((session) => session.stop()));
        await chat.stop();
        return data;
      });
      return {
        passed: verdict.faults === 0,
        figure: `${verdict.faults} faults after ${resumptions(following)} resumptions (target: 0)`,
      };
    }),
};

function resumptions(sessions: readonly KeptSession[]): number {
  return sessions.reduce((sum, { gapsMs }) => sum + gapsMs.length, 0);
}
