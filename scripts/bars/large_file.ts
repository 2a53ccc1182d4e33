import { ChatProcess } from "../load/chat_process.ts";
import { gather, upTo } from "../load/crowd.ts";
import { lineDialect } from "../load/line_dialect.ts";
import type { LoadConnection } from "../load/load_connection.ts";
import { nameOf, tokenOf } from "../load/population.ts";
import { talk, type TalkOutcome } from "../load/talk.ts";
import type { Order, Step } from "./large_file_process.ts";
import type { Bar, Verdict } from "./verdict.ts";
import { room, withRoom } from "./with_room.ts";

/** All of them speak: whoever says nothing for long and does not answer the server's pings is cut off. */
const members = 100, perSecond = 40, aloneSeconds = 12;

/** How long one piece of the talk beside the file is. Enough of them fall into a minute to have one in the middle. */
const pieceSeconds = 4;
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
      const up = await speakUntil(crowd, transfer.uploaded, (outcome) =>
        say(`beside the upload: p50 ${ms(outcome, 0.5)}, p99 ${ms(outcome, 0.99)}`));
      const down = await speakUntil(crowd, transfer.ended, (outcome) =>
        say(`beside the download: p50 ${ms(outcome, 0.5)}, p99 ${ms(outcome, 0.99)}`));
      const steps = await transfer.ended;
      for (const step of steps) {
        say(JSON.stringify(step));
      }
      for (const connection of crowd) {
        connection.close();
      }
      await chat.stop();
      return judge({ alone, up, down }, steps);
    }),
};

function speak(crowd: readonly LoadConnection[], seconds: number): Promise<TalkOutcome> {
  const streams = upTo(members).map((speaker) => ({ speaker, room, listeners: members - 1 }));
  const plan = { streams, messages: perSecond * seconds, pace: { perSecond }, textCharacters: 100 };
  return talk(crowd, dialect, plan);
}

/** Talks for as long as it takes, and returns what was measured meanwhile, a piece for every few seconds. */
async function speakUntil(
  crowd: readonly LoadConnection[],
  end: Promise<unknown>,
  told: (outcome: TalkOutcome) => void,
): Promise<TalkOutcome[]> {
  const outcomes: TalkOutcome[] = [];
  let isOver = false;
  void end.then(() => isOver = true);
  do {
    const outcome = await speak(crowd, pieceSeconds);
    told(outcome);
    outcomes.push(outcome);
  } while (!isOver);
  // The last one went on after the end.
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

async function readSteps(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  first: () => void,
): Promise<readonly Step[]> {
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

interface Talks {
  readonly alone: TalkOutcome;
  readonly up: readonly TalkOutcome[];
  readonly down: readonly TalkOutcome[];
}

/** Of many pieces the one in the middle counts: a single one tells more of this machine than of the server. */
function judge({ alone, up, down }: Talks, steps: readonly Step[]): Verdict {
  const before = p99(alone), besideUp = middle(up.map(p99)), besideDown = middle(down.map(p99));
  const worst = Math.max(...[...up, ...down].map(p99));
  const most = Math.max(2 * before, noiseMs);
  const arrived = steps.some((step) => step.step === "downloaded" && step.isSame);
  const wasCut = steps.some((step) => step.step === "uploaded" && step.cuts === cuts);
  const lost = [alone, ...up, ...down].reduce((sum, outcome) => sum + outcome.lost, 0);
  return {
    passed: arrived && wasCut && lost === 0 && besideUp <= most && besideDown <= most,
    figure:
      `${arrived ? "whole" : "NOT whole"} after ${cuts} cuts; p99 ${
        besideUp.toFixed(1)
      } ms beside the upload and ` +
      `${besideDown.toFixed(1)} ms beside the download (medians; at worst ${worst.toFixed(1)} ms), ` +
      `${before.toFixed(1)} ms alone (target: within 2x); ${lost} messages lost`,
  };
}

function p99({ latencies }: TalkOutcome): number {
  return latencies.percentileMs(0.99);
}

function middle(figures: readonly number[]): number {
  return figures.toSorted((one, other) => one - other)[Math.floor(figures.length / 2)] ?? Infinity;
}

function ms({ latencies }: TalkOutcome, share: number): string {
  return `${latencies.percentileMs(share).toFixed(1)} ms`;
}
