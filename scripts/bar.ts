/** `deno task bar N`: tries one promise on a real server. Its last line is the figure beside its target; the exit code is the verdict. */
import { bruteForce } from "./bars/brute_force.ts";
import { crash } from "./bars/crash.ts";
import { diskFull } from "./bars/disk_full.ts";
import { enumeration } from "./bars/enumeration.ts";
import { expiry } from "./bars/expiry.ts";
import { flood } from "./bars/flood.ts";
import { gracefulRestart } from "./bars/graceful_restart.ts";
import { idempotence } from "./bars/idempotence.ts";
import { keyRotation } from "./bars/key_rotation.ts";
import { largeFile } from "./bars/large_file.ts";
import { malformed } from "./bars/malformed.ts";
import { recovery } from "./bars/recovery.ts";
import { resumption } from "./bars/resumption.ts";
import { revocation } from "./bars/revocation.ts";
import { slowConsumer } from "./bars/slow_consumer.ts";
import { slowloris } from "./bars/slowloris.ts";
import { stolenData } from "./bars/stolen_data.ts";
import { supplyChain } from "./bars/supply_chain.ts";
import { tlsMatrix } from "./bars/tls_matrix.ts";
import { type Bar, CannotRun, type Verdict } from "./bars/verdict.ts";

/** The numbers are those of the list of promises; those that are not here are not tried by a program yet. */
const bars: Readonly<Record<string, Bar>> = {
  1: crash,
  2: recovery,
  3: idempotence,
  4: resumption,
  5: diskFull,
  6: gracefulRestart,
  7: slowConsumer,
  8: slowloris,
  9: malformed,
  10: flood,
  11: bruteForce,
  12: enumeration,
  13: tlsMatrix,
  14: stolenData,
  15: keyRotation,
  17: revocation,
  20: supplyChain,
  21: expiry,
  22: largeFile,
};

/** Twice what the slowest bar takes: whoever waits longer waits for something that does not come. */
const secondsMax = 180;

async function main([number = "", ...rest]: readonly string[]): Promise<number> {
  const bar = bars[number];
  if (bar === undefined || rest.length > 0) {
    console.error("Say which bar: deno task bar N. There are:");
    for (const [each, { says }] of Object.entries(bars)) console.error(`  ${each.padStart(2)}  ${says}`);
    return 2;
  }
  console.log(`bar ${number}: ${bar.says}`);
  try {
    const run = bar.run((line) => console.log(`  ${line}`));
    const { passed, figure } = await Promise.race([run, tooLate()]);
    console.log(`bar ${number} ${passed ? "holds" : "FAILS"}: ${figure}`);
    return passed ? 0 : 1;
  } catch (error) {
    if (error instanceof CannotRun) {
      console.log(`bar ${number} could not be tried: ${error.message}`);
      return 2;
    }
    console.error(error);
    console.log(`bar ${number} FAILS: it broke off, see above`);
    return 1;
  }
}

function tooLate(): Promise<Verdict> {
  const verdict = { passed: false, figure: `it did not come to an end within ${secondsMax} s` };
  return new Promise((resolve) => setTimeout(() => resolve(verdict), secondsMax * 1000));
}

if (Deno.build.os !== "linux") throw new Error("The bars read /proc, so they run on Linux only.");
Deno.chdir(new URL("..", import.meta.url));
Deno.exit(await main(Deno.args));
