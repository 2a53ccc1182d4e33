import type { Results, ScenarioResult } from "./results.ts";
import { cellsOf } from "./table.ts";

/** The page of results, beside which `benchmarks.svg` and `benchmarks.json` lie. */
export function documentOf(results: Results): string {
  const { day, machine, rounds, share, servers, scenarios } = results;
  const rest = share < 1 ? `, with ${Math.round(share * 100)} % of the full work` : "";
  return `# Benchmarks

Made by \`deno task bench --save\` on ${day} (${machine}); medians of ${rounds}${rest}. The figures themselves are in
[benchmarks.json](benchmarks.json).

![The results that matter most](benchmarks.svg)

${Object.entries(servers).map(([name, says]) => `- **${name}**: ${says}`).join("\n")}

${scenarios.map(section).join("\n")}
## How it is measured

- Each server is a process of its own on the loopback, with TLS and without flood limits, started afresh for each
  measurement. Servers take turns, so that what disturbs the machine disturbs all of them alike: trust the ratios more
  than the figures.
- CPU is the user and system time of the server's process alone, from the kernel. The load comes from another process,
  on the same machine: where it is the slower one, deliveries a second are less than the server could do.
- A message carries a stamp by which each receiver's stream is checked: every message once, and in the order of its
  speaker. \`lost\` and \`out of turn\` must be 0; they are the worst of all rounds, not medians.
- A message is ${"`done`"} when all members have heard it and its speaker has been answered, where the protocol answers.
  Latency is from saying to hearing.
- chat stores every message before it tells anybody (WAL, \`synchronous=FULL\`). The others keep nothing here.

Run it yourself: \`deno task bench\` (all of it takes a quarter of an hour or more), \`deno task bench --quick\`, or some
of it by name: ${scenarios.map(({ name }) => `\`${name}\``).join(", ")}.
`;
}

function section(result: ScenarioResult): string {
  const [heading = [], ...rows] = cellsOf(result);
  const rule = heading.map((_, at) => at === 0 ? "---" : "---:");
  const lines = [heading, rule, ...rows].map((cells) => `| ${cells.join(" | ")} |`);
  return `## ${result.name}\n\n${result.says}.\n\n${lines.join("\n")}\n`;
}
