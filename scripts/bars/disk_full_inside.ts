/** What `disk_full.ts` runs in a mount namespace of its own. The last line that it prints is the verdict as JSON. */
import { ChatProcess } from "../load/chat_process.ts";
import { upTo } from "../load/crowd.ts";
import { nameOf, populate } from "../load/population.ts";
import { Client, type Frame } from "./client.ts";
import { KeptSession, pause } from "./kept_session.ts";
import { falselyAcknowledged, readStoredLog } from "./stored_log.ts";
import { Talker } from "./talker.ts";
import type { Verdict } from "./verdict.ts";
import { room } from "./with_room.ts";

const diskMib = 48,
  talkers = 4,
  reader = talkers,
  fullMs = 5_000,
  becomeFullMsMax = 20_000,
  recoveryMsMax = 5_000;

async function tryFullDisk(data: string): Promise<Verdict> {
  const ballast = `${data}/ballast`;
  populate(data, { members: talkers + 1, rooms: [{ name: room, members: upTo(talkers + 1) }] });
  const chat = await ChatProcess.start({ data });
  const crowd = upTo(talkers)
    .map((number) => new Talker({ name: nameOf(number), room, window: 16, everyMs: 0 }));
  const sessions = crowd.map((talker) => new KeptSession(chat.address, talker));
  const reading = await Client.open(chat.address);
  await reading.resume(nameOf(reader));
  await pause(500);
  const before = crowd.reduce((sum, { said }) => sum + said, 0);

  fill(ballast);
  const becameFull = await until(() => crowd.every((talker) => refusals(talker) > 0), becomeFullMsMax);
  const reads = await readFor(reading, fullMs);
  Deno.removeSync(ballast);
  const freedAt = performance.now();
  const recovered = await until(
    () => crowd.every(({ acknowledgedAt }) => acknowledgedAt > freedAt),
    recoveryMsMax * 3,
  );
  const recoveryMs = recovered ? performance.now() - freedAt : Infinity;

  await Promise.all(crowd.map((talker) => talker.finish()));
  await Promise.all(sessions.map((session) => session.stop()));
  reading.close();
  const code = await chat.stop();
  const log = readStoredLog(data, room);
  const acknowledged = new Map(crowd.flatMap((talker) => [...talker.acknowledged]));
  const { missing, repeated } = falselyAcknowledged(log, acknowledged);
  const codes = [...new Set(crowd.flatMap((talker) => [...talker.refusals.keys()]))];
  const events = chat.log.filter((line) => /store_failed|store_recovered/.test(line)).length;
  console.log(
    `${before} messages before, ${acknowledged.size} acknowledged in all, ${log.texts.length} on disk`,
  );
  console.log(`became full: ${becameFull ? "yes" : "NO"}; refused with ${codes.join(", ") || "nothing"}`);
  console.log(`reads while it was full: ${reads.good} answered, ${reads.bad} not`);
  console.log(
    `seq without a hole: ${log.gapless ? "yes" : "NO"}; integrity: ${log.integrity}; exit code ${code}`,
  );
  console.log(`failures and recoveries in the log: ${events}`);
  const isSound = missing + repeated === 0 && log.gapless && log.integrity === "ok" && code === 0;
  return {
    passed: becameFull && isSound && reads.bad === 0 && reads.good > 0 && recoveryMs <= recoveryMsMax &&
      codes.every((each) => each === "unavailable"),
    figure: `${missing} false ok, ${reads.bad} reads failed (target: 0); works ${
      Math.round(recoveryMs)
    } ms after there was room (target: at most ${recoveryMsMax})`,
  };
}

/** Writes until there is no room at all. */
function fill(path: string): void {
  using file = Deno.openSync(path, { create: true, write: true });
  for (let bytes = 64 * 1024; bytes > 0; bytes = Math.floor(bytes / 4)) {
    try {
      for (;;) file.writeSync(new Uint8Array(bytes));
    } catch {
      // Full for this size: a smaller piece may still fit.
    }
  }
}

async function readFor(client: Client, ms: number): Promise<{ readonly good: number; readonly bad: number }> {
  let good = 0, bad = 0;
  const asks: readonly Frame[] = [{ type: "history", room }, { type: "who", room }, { type: "rooms" }];
  for (const end = performance.now() + ms; performance.now() < end; await pause(20)) {
    for (const ask of asks) {
      const answer = await client.ask(ask);
      if (answer?.type === ask.type) good++;
      else bad++;
    }
  }
  return { good, bad };
}

async function until(isSo: () => boolean, msMax: number): Promise<boolean> {
  for (const end = performance.now() + msMax; performance.now() < end; await pause(5)) {
    if (isSo()) return true;
  }
  return false;
}

function refusals(talker: Talker): number {
  return [...talker.refusals.values()].reduce((sum, count) => sum + count, 0);
}

function run(command: string, ...args: readonly string[]): void {
  const { success, stderr } = new Deno.Command(command, { args: [...args] }).outputSync();
  if (!success) throw new Error(`${command}: ${new TextDecoder().decode(stderr)}`);
}

const directory = Deno.makeTempDirSync({ prefix: "chat-bar-" });
try {
  run("mount", "-t", "tmpfs", "-o", `size=${diskMib}m`, "tmpfs", directory);
  const verdict = await tryFullDisk(directory);
  run("umount", "--lazy", directory);
  console.log(JSON.stringify(verdict));
} finally {
  Deno.removeSync(directory, { recursive: true });
}
Deno.exit(0);
