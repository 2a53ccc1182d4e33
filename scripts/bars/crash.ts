import { ChatProcess } from "../load/chat_process.ts";
import { upTo } from "../load/crowd.ts";
import { nameOf } from "../load/population.ts";
import { KeptSession, pause } from "./kept_session.ts";
import { falselyAcknowledged, readStoredLog } from "./stored_log.ts";
import { Talker } from "./talker.ts";
import type { Bar, Verdict } from "./verdict.ts";
import { room, withRoom } from "./with_room.ts";

const kills = 50, talkers = 8;

export const crash: Bar = {
  says: `${kills} times SIGKILL under load: what was acknowledged is there, once, without a hole`,
  run: (say) =>
    withRoom(talkers, async (data) => {
      const crowd = upTo(talkers)
        .map((number) => new Talker({ name: nameOf(number), room, window: 16, everyMs: 0 }));
      await killRepeatedly(data, crowd);
      return judge(data, crowd, say);
    }),
};

async function killRepeatedly(data: string, crowd: readonly Talker[]): Promise<void> {
  let chat = await ChatProcess.start({ data });
  const sessions = crowd.map((talker) => new KeptSession(chat.address, talker));
  for (let kill = 1; kill <= kills; kill++) {
    const before = performance.now();
    while (crowd.every(({ acknowledgedAt }) => acknowledgedAt < before)) await pause(5);
    await pause(100 + 200 * Math.random());
    await chat.stop("SIGKILL");
    if (kill < kills) chat = await ChatProcess.start({ data, port: chat.address.port });
  }
  await Promise.all(sessions.map((session) => session.stop()));
}

function judge(data: string, crowd: readonly Talker[], say: (line: string) => void): Verdict {
  const log = readStoredLog(data, room);
  const acknowledged = acknowledgedBy(crowd);
  const { missing, repeated } = falselyAcknowledged(log, acknowledged);
  const contradictions = crowd.reduce((sum, talker) => sum + talker.contradictions, 0);
  say(`acknowledged ${acknowledged.size}, on disk ${log.texts.length}`);
  say(
    `missing or elsewhere ${missing}, more than once ${repeated}, acknowledged differently ${contradictions}`,
  );
  say(`seq without a hole: ${log.gapless ? "yes" : "NO"}; integrity: ${log.integrity}`);
  return {
    passed: missing + repeated + contradictions === 0 && log.gapless && log.integrity === "ok",
    figure: `${missing} of ${acknowledged.size} acknowledged messages lost in ${kills} kills (target: 0)`,
  };
}

function acknowledgedBy(crowd: readonly Talker[]): Map<string, number> {
  return new Map(crowd.flatMap(({ acknowledged }) => [...acknowledged]));
}
