import { falseServers, RightServer } from "../../tests/kit/false_servers.ts";
import { type Program, programsHere } from "../../tests/kit/program.ts";
import { LaxServer } from "../../tests/kit/tls_probe.ts";
import { ChatProcess } from "../load/chat_process.ts";
import { type Visit, visit, visitInClear } from "./false_visits.ts";
import { makeBadOffers, missingSuites, refusesClearText } from "./tls_offers.ts";
import type { Bar } from "./verdict.ts";

/** What is to be seen refused where it could have been taken, and not just be unknown to the OpenSSL that asks. */
const kindsToProve = ["-tls1", "-tls1_1", "CBC", "static RSA"] as const;

export const tlsMatrix: Bar = {
  says: "TLS 1.2 and 1.3 with forward secrecy and AEAD alone; a client says nothing to a false server",
  run: async (say) => {
    const data = Deno.makeTempDirSync({ prefix: "chat-bar-" });
    try {
      const server = await tryServer(`${data}/server-side`, say);
      const clients = await tryClients(`${data}/client-side`, say);
      const faults = [...server.faults, ...clients.faults];
      for (const fault of faults) say(`FAULT: ${fault}`);
      return {
        passed: faults.length === 0,
        figure: `${faults.length} faults (target: 0): ${server.figure}; ${clients.figure}`,
      };
    } finally {
      Deno.removeSync(data, { recursive: true });
    }
  },
};

interface Findings {
  readonly faults: readonly string[];
  readonly figure: string;
}

async function tryServer(data: string, say: (line: string) => void): Promise<Findings> {
  const chat = await ChatProcess.start({ data });
  await using lax = await LaxServer.start(data);
  const { port } = chat.address;
  const missing = await missingSuites(port);
  const offers = await makeBadOffers(port, lax.port);
  const isSilent = await refusesClearText(port);
  await chat.stop();
  const proven = offers.filter(({ isProven }) => isProven);
  const unknown = offers.filter(({ isProven }) => !isProven).map(({ name }) => name);
  if (unknown.length > 0) say(`refused, but no server here takes them either: ${unknown.join(", ")}`);
  const counts = kindsToProve.map((
    kind,
  ) => [kind, proven.filter(({ kinds }) => kinds.includes(kind)).length]);
  say(
    `refused by this server, taken by another: ${
      counts.map(([kind, count]) => `${kind} ${count}`).join(", ")
    }`,
  );
  return {
    faults: [
      ...missing.map((suite) => `${suite} is not accepted`),
      ...offers.filter(({ isRefused }) => !isRefused).map(({ name }) => `${name} is not refused`),
      ...counts.filter(([, count]) => count === 0).map(([kind]) => `${kind} could not be tried`),
      ...isSilent ? [] : ["words in clear are answered"],
    ],
    figure: `6 suites accepted, TLS 1.0, 1.1 and ${proven.length - 2} suites of 1.2 refused`,
  };
}

async function tryClients(data: string, say: (line: string) => void): Promise<Findings> {
  const right = await RightServer.in(data);
  const faults: string[] = [];
  const programs = programsHere();
  for (const program of programs) faults.push(...await clientFaults(program, right, say));
  const names = programs.map(({ name }) => name).join(" and ");
  return { faults, figure: `the terminal client (${names}) said nothing to 6 false servers` };
}

async function clientFaults(
  program: Program,
  right: RightServer,
  say: (line: string) => void,
): Promise<readonly string[]> {
  const visits: [string, Visit][] = [["a server without TLS", await visitInClear(program, right)]];
  for (const server of await falseServers(right)) {
    visits.push([server.says, await visit(program, right, server)]);
  }
  for (const [says, { errors }] of visits) say(`${program.name}, ${says}: ${errors.split("\n")[0]}`);
  const welcome = await visit(program, right, { certificates: await right.leaf() });
  return [
    ...visits.filter(([, { said, code }]) => said.length > 0 || code === 0)
      .map(([says]) => `the client (${program.name}) trusts ${says}`),
    ...welcome.said.includes("login") ? [] : [`the client (${program.name}) does not trust the right server`],
  ];
}
