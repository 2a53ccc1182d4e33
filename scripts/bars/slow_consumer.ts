import { ChatProcess } from "../load/chat_process.ts";
import { gather, upTo } from "../load/crowd.ts";
import { lineDialect } from "../load/line_dialect.ts";
import type { LoadConnection } from "../load/load_connection.ts";
import { tokenOf } from "../load/population.ts";
import { establishedOn, residentKibOf } from "../load/process_usage.ts";
import { talk, type TalkOutcome, type TalkPlan } from "../load/talk.ts";
import { pause } from "./kept_session.ts";
import type { Bar, Verdict } from "./verdict.ts";
import { room, withRoom } from "./with_room.ts";

const others = 20, sleepers = 50, perSecond = 150, textCharacters = 8_000;
const calmSeconds = 5, cutMsMax = 15_000, growthMibMax = 64;

/** So many milliseconds are told apart from none: a baseline of less would make the factor a matter of luck. */
const baselineMsMin = 5;

export const slowConsumer: Bar = {
  says:
    `${sleepers} clients stop reading: the others do not notice, memory stays bounded, and they are cut off`,
  run: (say) =>
    withRoom(others + sleepers, async (data) => {
      const chat = await ChatProcess.start({ data });
      const all = await gather(chat.address, lineDialect(tokenOf), upTo(others + sleepers), () => []);
      const readers = all.slice(0, others), sleeping = all.slice(others);
      for (const connection of sleeping) connection.listen(() => {});
      const calm = await talk(readers, lineDialect(tokenOf), planFor(calmSeconds));
      const watch = new Watch(chat, sleeping);
      const troubled = await talk(readers, lineDialect(tokenOf), planFor(cutMsMax / 1000));
      watch.stop();
      for (const connection of all) connection.close();
      await chat.stop();
      return judge(calm, troubled, watch, say);
    }),
};

function planFor(seconds: number): TalkPlan {
  const streams = upTo(others).map((speaker) => ({ speaker, room, listeners: others - 1 }));
  return { streams, messages: seconds * perSecond, pace: { perSecond }, textCharacters };
}

/** Looks at the server from outside while nobody reads at some of its connections. */
class Watch {
  growthMib = 0;
  /** When the last of the sleepers was cut off, in milliseconds since they fell asleep. */
  allCutMs: number | undefined;
  #stopped = false;

  constructor(chat: ChatProcess, sleeping: readonly LoadConnection[]) {
    for (const connection of sleeping) connection.stopReading();
    void this.#look(chat, performance.now(), residentKibOf(chat.pid));
  }

  stop(): void {
    this.#stopped = true;
  }

  async #look(chat: ChatProcess, since: number, kibBefore: number): Promise<void> {
    while (!this.#stopped) {
      this.growthMib = Math.max(this.growthMib, (residentKibOf(chat.pid) - kibBefore) / 1024);
      const left = establishedOn(chat.address.port) - others;
      if (left <= 0) this.allCutMs ??= performance.now() - since;
      await pause(100);
    }
  }
}

function judge(
  calm: TalkOutcome,
  troubled: TalkOutcome,
  { growthMib, allCutMs = Infinity }: Watch,
  say: (line: string) => void,
): Verdict {
  const calmMs = calm.latencies.percentileMs(0.99), troubledMs = troubled.latencies.percentileMs(0.99);
  const factor = troubledMs / Math.max(calmMs, baselineMsMin);
  const faults = troubled.lost + troubled.outOfTurn;
  say(`others' delivery p99: ${calmMs.toFixed(1)} ms while all read, ${troubledMs.toFixed(1)} ms afterwards`);
  say(`others' lost or out of turn: ${faults}`);
  say(`memory grew by ${growthMib.toFixed(1)} MiB; all ${sleepers} cut off after ${Math.round(allCutMs)} ms`);
  return {
    passed: factor <= 2 && growthMib <= growthMibMax && allCutMs <= cutMsMax && faults === 0,
    figure:
      `p99 ${factor.toFixed(2)}x (target: at most 2x), ${
        growthMib.toFixed(0)
      } MiB (at most ${growthMibMax}), ` +
      `cut off after ${(allCutMs / 1000).toFixed(1)} s (at most ${cutMsMax / 1000})`,
  };
}
