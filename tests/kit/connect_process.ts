import { testPassword } from "./line_client.ts";
import { type Program, spawn } from "./program.ts";

/** `chat connect` as a process of its own, whose input is a pipe. */
export class ConnectProcess {
  readonly #child: Deno.ChildProcess;
  readonly #input: WritableStreamDefaultWriter<Uint8Array<ArrayBuffer>>;

  /** The account must be there, with the password of tests. */
  constructor(program: Program, { port, data, user }: Whereto) {
    const args = ["connect", `chat://127.0.0.1:${port}`, "--data", data, "--user", user];
    this.#child = spawn(program, args, { CHAT_PASSWORD: testPassword }, "piped");
    this.#input = this.#child.stdin.getWriter();
  }

  async enter(...lines: readonly string[]): Promise<void> {
    await this.#input.write(new TextEncoder().encode(lines.map((line) => line + "\n").join("")));
  }

  /** Lets its input end, and waits until it has ended by itself. */
  async finish(): Promise<{ readonly code: number; readonly output: string; readonly errors: string }> {
    await this.#input.close();
    const { code, stdout, stderr } = await this.#child.output();
    return { code, output: new TextDecoder().decode(stdout), errors: new TextDecoder().decode(stderr) };
  }

  /** Ends it at once, so that it can do nothing more. */
  async kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#child.output();
    await this.#input.abort().catch(() => {});
  }
}

export interface Whereto {
  readonly port: number;
  /** Its data directory; that of a server on this machine makes it trusted. */
  readonly data: string;
  readonly user: string;
}

const waitMsMax = 20_000;
const lookEveryMs = 20;

/** Waits until so many messages without an answer are in the outbox on disk. */
export async function outboxHolds(data: string, messages: number): Promise<void> {
  const end = performance.now() + waitMsMax;
  while (outboxLines(data) !== messages) {
    if (performance.now() > end) throw new Error(`${outboxLines(data)} lines in the outbox, not ${messages}`);
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
}

function outboxLines(data: string): number {
  try {
    const directory = `${data}/client/outbox`;
    const files = [...Deno.readDirSync(directory)].filter(({ name }) => name.endsWith(".jsonl"));
    const texts = files.map(({ name }) => Deno.readTextFileSync(`${directory}/${name}`));
    return texts.join("").split("\n").length - 1;
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return 0;
    throw cause;
  }
}
