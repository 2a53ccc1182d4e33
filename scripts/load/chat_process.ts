/** `chat serve` as a process of its own, listening on the loopback. */
import { chatCommand } from "../chat_task.ts";
import type { Address } from "./load_connection.ts";

export interface ServeOptions {
  /** The directory for `--data`. */
  readonly data: string;
  /** A free one if absent. */
  readonly port?: number;
  /** Whether the built executable is run rather than the sources. */
  readonly executable?: boolean;
  /** Whether rate limits hold; lifted if absent. */
  readonly rates?: boolean;
}

const root = new URL("../../", import.meta.url).pathname;
const sources = chatCommand(root);
const executablePath = `${root}dist/chat`;

export class ChatProcess {
  readonly address: Address;
  /** Every line that it has logged, JSON each, and what it wrote beside its log. */
  readonly log: readonly string[];
  readonly #child: Deno.ChildProcess;

  private constructor(child: Deno.ChildProcess, address: Address, log: readonly string[]) {
    this.#child = child;
    this.address = address;
    this.log = log;
  }

  /** Resolves when it listens. */
  static async start(options: ServeOptions): Promise<ChatProcess> {
    const child = spawn(options);
    // Nothing of a run that breaks off shall go on.
    const killIfThere = (): void => kill(child, "SIGKILL");
    globalThis.addEventListener("unload", killIfThere);
    void child.status.then(() => globalThis.removeEventListener("unload", killIfThere));
    const log: string[] = [];
    const listening = Promise.withResolvers<number>();
    const ended = Promise.all([
      eachLine(child.stdout, (line) => {
        log.push(line);
        const port = /"event":"listening".*"port":(\d+)/.exec(line)?.[1];
        if (port !== undefined) listening.resolve(Number(port));
      }),
      eachLine(child.stderr, (line) => log.push(line)),
    ]);
    const silent = ended.then(() => Promise.reject(new Error(`chat serve has ended: ${log.join("\n")}`)));
    const port = await Promise.race([listening.promise, silent]);
    silent.catch(() => {}); // its end is awaited in `stop`
    const authorityPem = Deno.readTextFileSync(`${options.data}/server/authority.pem`);
    return new ChatProcess(child, { port, hostname: "chat.internal", authorityPem }, log);
  }

  get pid(): number {
    return this.#child.pid;
  }

  /** Ends it, and resolves with its exit code when it is gone. */
  async stop(signal: "SIGTERM" | "SIGKILL" = "SIGTERM"): Promise<number> {
    kill(this.#child, signal);
    return (await this.#child.status).code;
  }
}

/** What `chat serve` is here, for people. */
export function describeChat(executable: boolean): string {
  return executable ? "dist/chat" : `the sources, by Deno ${Deno.version.deno}`;
}

function spawn({ data, port = 0, executable = false, rates = false }: ServeOptions): Deno.ChildProcess {
  const [command = "", ...first] = executable ? [executablePath] : sources;
  const where = ["--data", data, "--host", "127.0.0.1", "--port", String(port)];
  const how = ["--registration", "open", "--set", `limits.rates=${rates ? "on" : "off"}`, "--log", "json"];
  const args = [...first, "serve", ...where, ...how];
  return new Deno.Command(command, { args, stdin: "null", stdout: "piped", stderr: "piped" }).spawn();
}

function kill(child: Deno.ChildProcess, signal: Deno.Signal): void {
  try {
    child.kill(signal);
  } catch (error) {
    // It has ended by itself.
    if (!(error instanceof TypeError)) throw error;
  }
}

async function eachLine(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  take: (line: string) => void,
): Promise<void> {
  let rest = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    lines.forEach(take);
  }
  if (rest !== "") take(rest);
}
