import { ChatProcess } from "../load/chat_process.ts";
import { gather, upTo } from "../load/crowd.ts";
import { lineDialect } from "../load/line_dialect.ts";
import type { LoadConnection } from "../load/load_connection.ts";
import { nameOf, tokenOf } from "../load/population.ts";
import { talk, type TalkOutcome } from "../load/talk.ts";
import type { Order, Step } from "./large_file_process.ts";
import type { Bar, Verdict } from "./verdict.ts";
import { room, withRoom } from "./with_room.ts";

const members = 100, speakers = 20, perSecond = 40, aloneSeconds = 12;
const dialect = lineDialect(tokenOf);

const chunks = 16 * 1024, cuts = 10;

/** What the noise of this machine does to the slowest hundredth, in milliseconds: below it nothing is told apart. */
const noiseMs = 5;

export const largeFile: Bar = {
  says: "1 GB over a connection that is cut ten times arrives whole, and others are told as fast as before",
  run: (say) =>
    withRoom(members + 1, async (data) => {
      const chat = await ChatProcess.start({ data, rates: true });
      const crowd = await gather(chat.address, dialect, upTo(members), () => [room]);
      await speak(crowd, 3);
      const alone = await speak(crowd, aloneSeconds);
      say(`fan-out alone: p50 ${ms(alone, 0.5)}, p99 ${ms(alone, 0.99)}`);
      const transfer = startTransfer({ address: chat.address, name: nameOf(members), room, chunks, cuts });
      const beside = await speakUntil(crowd, transfer.uploaded, (outcome) =>
        say(`beside the upload: p50 ${ms(outcome, 0.5)}, p99 ${ms(outcome, 0.99)}`));
      const steps = await transfer.ended;
      for (const step of steps) {
        say(JSON.stringify(step));
      }
      for (const connection of crowd) {
        connection.close();
      }
      await chat.stop();
      return judge(alone, beside, steps);
    }),
};

function speak(crowd: readonly LoadConnection[], seconds: number): Promise<TalkOutcome> {
  const streams = upTo(speakers).map((speaker) => ({ speaker, room, listeners: members - 1 }));
  const plan = { streams, messages: perSecond * seconds, pace: { perSecond }, textCharacters: 100 };
  return talk(crowd, dialect, plan);
}

/** Talks for as long as it takes, and returns the worst of what was measured meanwhile. */
async function speakUntil(
  crowd: readonly LoadConnection[],
  end: Promise<void>,
  told: (outcome: TalkOutcome) => void,
): Promise<TalkOutcome[]> {
  const outcomes: TalkOutcome[] = [];
  let isOver = false;
  void end.then(() => isOver = true);
  while (!isOver) {
    const outcome = await speak(crowd, aloneSeconds);
    told(outcome);
    outcomes.push(outcome);
  }
  // The last one went on after the upload had ended.
  return outcomes.length > 1 ? outcomes.slice(0, -1) : outcomes;
}

interface Transfer {
  readonly uploaded: Promise<void>;
  readonly ended: Promise<readonly Step[]>;
}

function startTransfer(order: Order): Transfer {
  const script = new URL("./large_file_process.ts", import.meta.url).pathname;
  const args = ["run", "-A", "--no-check", script, JSON.stringify(order)];
  const child = new Deno.Command(Deno.execPath(), { args, stdout: "piped", stderr: "inherit" }).spawn();
  const uploaded = Promise.withResolvers<void>();
  const ended = readSteps(child.stdout, () => uploaded.resolve());
  return { uploaded: uploaded.promise, ended: ended.finally(() => uploaded.resolve()) };
}

async function readSteps(stream: ReadableStream<Uint8Array<ArrayBuffer>>, first: () => void): Promise<readonly Step[]> {
  const steps: Step[] = [];
  let rest = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    steps.push(...lines.map((line): Step => JSON.parse(line)));
    if (steps.length > 0) first();
  }
  return steps;
}

function judge(alone: TalkOutcome, beside: readonly TalkOutcome[], steps: readonly Step[]): Verdict {
  const before = alone.latencies.percentileMs(0.99);
  const shares = beside.map(({ latencies }) => latencies.percentileMs(0.99)).sort((one, other) =>
    one - other
  );
  const during = shares[Math.floor(shares.length / 2)] ?? Infinity;
  const arrived = steps.some((step) => step.step === "downloaded" && step.isSame);
  const wasCut = steps.some((step) => step.step === "uploaded" && step.cuts === cuts);
  const lost = [alone, ...beside].reduce((sum, outcome) => sum + outcome.lost, 0);
  return {
    passed: arrived && wasCut && lost === 0 && during <= Math.max(2 * before, noiseMs),
    figure: `${arrived ? "whole" : "NOT whole"} after ${cuts} cuts; p99 ${during.toFixed(1)} ms beside it, ` +
      `${before.toFixed(1)} ms alone (target: within 2x); ${lost} messages lost`,
  };
}

function ms({ latencies }: TalkOutcome, share: number): string {
  return `${latencies.percentileMs(share).toFixed(1)} ms`;
}
