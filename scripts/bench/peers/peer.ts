/** Other people's chat servers, where they are installed: started on the loopback with TLS, their flood limits lifted. */
import { ensureCertificates } from "../../../certs/mod.ts";
import { lineLog, systemChance, systemClock } from "../../../shared/world/mod.ts";
import type { Dialect } from "../../load/dialect.ts";
import type { Contestant, RunningContestant } from "../contestant.ts";

export interface Peer {
  /** Its name and that of its Debian package. */
  readonly name: string;
  readonly program: string;
  /** What it keeps of what is said, for people. */
  readonly keeps: string;
  readonly dialect: Dialect;
  /** Writes what it needs into its directory, and says how to start it in the foreground. */
  prepare(place: Place): Start;
}

/** Where a peer lives for one measurement. */
export interface Place {
  readonly directory: string;
  readonly port: number;
  readonly certificatePath: string;
  readonly keyPath: string;
}

export interface Start {
  readonly args: readonly string[];
  /** The command that starts it, if it is not the program itself. */
  readonly program?: string;
  readonly env?: Readonly<Record<string, string>>;
}

const startMsMax = 20_000;

export function isInstalled({ program }: Peer): boolean {
  try {
    return Deno.statSync(program).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

export function contestantOf(peer: Peer): Contestant {
  return {
    name: peer.name,
    says: `${versionOf(peer.name)} of Debian; ${peer.keeps}`,
    start: (directory) => start(peer, directory),
  };
}

/** Whether this process is the system's administrator: some servers then want to become a user of their own. */
export function isRoot(): boolean {
  return Deno.uid() === 0;
}

/** Gives a directory and all in it to a user of the system. */
export function giveTo(user: string, directory: string): void {
  new Deno.Command("chown", { args: ["-R", user, directory] }).outputSync();
}

async function start(peer: Peer, directory: string): Promise<RunningContestant> {
  const clock = systemClock();
  const world = { clock, chance: systemChance(), log: lineLog("text", clock, () => {}) };
  const certificates = await ensureCertificates({ directory: `${directory}/certificates`, world });
  // Servers that become another user must still be able to read these; the key is used for this run alone.
  Deno.chmodSync(directory, 0o755);
  const certificatePath = write(`${directory}/chain.pem`, certificates.leafPem);
  const keyPath = write(`${directory}/key.pem`, certificates.leafKeyPem);
  const port = freePort();
  const { program = peer.program, args, env } = peer.prepare({ directory, port, certificatePath, keyPath });
  const child = new Deno.Command(program, {
    args: [...args],
    env: { ...env },
    cwd: directory,
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  await untilListening(peer.name, port, child);
  return {
    pid: child.pid,
    address: { port, hostname: "localhost", authorityPem: certificates.authorityPem },
    dialect: peer.dialect,
    async stop() {
      child.kill("SIGKILL");
      await child.status;
    },
  };
}

function write(path: string, text: string): string {
  Deno.writeTextFileSync(path, text);
  Deno.chmodSync(path, 0o644);
  return path;
}

export function freePort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  try {
    return listener.addr.port;
  } finally {
    listener.close();
  }
}

async function untilListening(name: string, port: number, child: Deno.ChildProcess): Promise<void> {
  const until = performance.now() + startMsMax;
  let code: number | undefined;
  void child.status.then((status) => code = status.code);
  while (performance.now() < until && code === undefined) {
    try {
      (await Deno.connect({ hostname: "127.0.0.1", port })).close();
      return;
    } catch (error) {
      if (!(error instanceof Deno.errors.ConnectionRefused)) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  if (code === undefined) child.kill("SIGKILL");
  throw new Error(`${name} did not come to listen (exit code ${code ?? "none yet"}): is its package whole?`);
}

function versionOf(name: string): string {
  const { success, stdout } = new Deno.Command("dpkg-query", {
    args: ["--show", "--showformat=${Version}", name],
  }).outputSync();
  return success ? new TextDecoder().decode(stdout) : "a version not";
}
