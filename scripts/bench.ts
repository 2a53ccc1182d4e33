/**
 * `deno task bench [--quick] [--save] [--executable] [--against SERVERS] [scenario ...]`: how fast chat is, beside
 * other servers where they are installed (`--against ngircd,prosody` for some of them, `none` for none). Prints tables
 * and writes the figures to dist/benchmarks.json; with --save to docs/, with page and chart.
 */
import { parseArgs } from "node:util";
import { chartOf } from "./bench/chart.ts";
import { chatContestant } from "./bench/chat.ts";
import { contest } from "./bench/contest.ts";
import type { Contestant } from "./bench/contestant.ts";
import { documentOf } from "./bench/document.ts";
import { fanOut } from "./bench/fan_out.ts";
import { growthOfHistory, growthOfMembers, growthOfRooms } from "./bench/growth.ts";
import { history } from "./bench/history.ts";
import { idle } from "./bench/idle.ts";
import { describeMachine } from "./bench/machine.ts";
import { manyRooms } from "./bench/many_rooms.ts";
import { paced } from "./bench/paced.ts";
import { ejabberd } from "./bench/peers/ejabberd.ts";
import { inspircd } from "./bench/peers/inspircd.ts";
import { ngircd } from "./bench/peers/ngircd.ts";
import { contestantOf, isInstalled } from "./bench/peers/peer.ts";
import { prosody } from "./bench/peers/prosody.ts";
import type { Results, ScenarioResult } from "./bench/results.ts";
import { fullEffort, quickEffort, type Scenario } from "./bench/scenario.ts";
import { search } from "./bench/search.ts";
import { reconnectStorm } from "./bench/storm.ts";
import { tableText } from "./bench/table.ts";

const scenarios: readonly Scenario[] = [
  fanOut,
  paced,
  manyRooms,
  idle,
  reconnectStorm,
  history,
  search,
  growthOfMembers,
  growthOfRooms,
  growthOfHistory,
];

const peers = [ngircd, inspircd, ejabberd, prosody];

async function main(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      quick: { type: "boolean", default: false },
      save: { type: "boolean", default: false },
      executable: { type: "boolean", default: false },
      against: { type: "string" },
    },
  });
  if (Deno.build.os !== "linux") throw new Error("The benchmark reads /proc, so it runs on Linux only.");
  const chosen = choose(positionals);
  const contestants = whoTakesPart(values.executable, values.against?.split(","));
  const effort = values.quick ? quickEffort : fullEffort;
  for (const { name, says } of contestants) console.log(`${name}: ${says}`);
  const found: ScenarioResult[] = [];
  for (const scenario of chosen) {
    const result = await contest(scenario, contestants, effort, (trouble) => console.error(trouble));
    found.push(result);
    console.log(`\n${tableText(result)}`);
  }
  write({
    day: new Date().toISOString().slice(0, 10),
    machine: describeMachine(),
    rounds: effort.rounds,
    share: effort.share,
    servers: Object.fromEntries(contestants.map(({ name, says }) => [name, says])),
    scenarios: found,
  }, values.save);
}

function choose(names: readonly string[]): readonly Scenario[] {
  const unknown = names.filter((name) => !scenarios.some((scenario) => scenario.name === name));
  if (unknown.length > 0) {
    const known = scenarios.map(({ name }) => name).join(", ");
    throw new Error(`There is no scenario "${unknown.join(", ")}". Choose among ${known}.`);
  }
  return names.length === 0 ? scenarios : scenarios.filter(({ name }) => names.includes(name));
}

function whoTakesPart(executable: boolean, against: readonly string[] | undefined): readonly Contestant[] {
  const others = peers.filter(isInstalled).map(contestantOf);
  return [chatContestant(executable), ...others]
    .filter(({ name }) => against === undefined || name === "chat" || against.includes(name));
}

function write(results: Results, save: boolean): void {
  const json = JSON.stringify(results, null, 2) + "\n";
  if (!save) {
    Deno.mkdirSync("dist", { recursive: true });
    Deno.writeTextFileSync("dist/benchmarks.json", json);
    return console.log("The figures are in dist/benchmarks.json.");
  }
  const files = {
    "docs/benchmarks.json": json,
    "docs/benchmarks.svg": chartOf(results),
    "docs/BENCHMARKS.md": documentOf(results),
  };
  for (const [path, text] of Object.entries(files)) Deno.writeTextFileSync(path, text);
  new Deno.Command(Deno.execPath(), { args: ["fmt", "--quiet", ...Object.keys(files)] }).outputSync();
  console.log(`Wrote ${Object.keys(files).join(", ")}.`);
}

try {
  Deno.chdir(new URL("..", import.meta.url));
  await main(Deno.args);
  Deno.exit(0);
} catch (error) {
  console.error(`bench: ${error instanceof Error ? error.message : error}`);
  Deno.exit(1);
}
