/** The program as a person starts it: from its sources, and compiled where `dist/chat` was built. */
import { chatCommand } from "../../scripts/chat_task.ts";
import { LineClient } from "./line_client.ts";

export interface Program {
  readonly name: string;
  readonly command: readonly string[];
}

const root = new URL("../../", import.meta.url).pathname;

export const fromSource: Program = {
  name: "from source",
  command: chatCommand(root),
};

const compiled: Program = { name: "compiled", command: [`${root}dist/chat`] };

/** The forms of the program that are here: the compiled one, where `dist/chat` was built. */
export function programsHere(): readonly Program[] {
  return isBuilt() ? [fromSource, compiled] : [fromSource];
}

/** Defines a test for each form of the program. Without `dist/chat` the compiled one is left out, and named so. */
export function testProgram(sentence: string, test: (program: Program) => Promise<void>): void {
  Deno.test(`${sentence} (from source)`, () => test(fromSource));
  const note = isBuilt() ? "compiled" : "LEFT OUT: run deno task build first to test the executable";
  Deno.test({ name: `${sentence} (${note})`, ignore: !isBuilt(), fn: () => test(compiled) });
}

export interface Outcome {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

/** Runs the program to its end. */
export async function runProgram(
  program: Program,
  args: readonly string[],
  { input = "", env = {} }: { readonly input?: string; readonly env?: Record<string, string> } = {},
): Promise<Outcome> {
  const child = spawn(program, args, env, "piped");
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(input));
  await writer.close();
  const { code, stdout, stderr } = await child.output();
  return { code, output: decode(stdout), errors: decode(stderr) };
}

/** `chat serve` as a process of its own, listening on the loopback. */
export class ServeProcess {
  readonly port: number;
  readonly #child: Deno.ChildProcess;
  readonly #output: ReadableStreamDefaultReader<string>;

  private constructor(child: Deno.ChildProcess, output: ReadableStreamDefaultReader<string>, port: number) {
    this.#child = child;
    this.#output = output;
    this.port = port;
  }

  static async start(program: Program, data: string, ...args: readonly string[]): Promise<ServeProcess> {
    const usual = ["serve", "--data", data, "--host", "127.0.0.1", "--port", "0", "--log", "json"];
    const child = spawn(program, [...usual, ...args], {}, "inherit");
    await child.stdin.close();
    const output = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
    return new ServeProcess(child, output, await portIn(output));
  }

  connect(data: string): Promise<LineClient> {
    return LineClient.open(this.port, Deno.readTextFileSync(`${data}/server/authority.pem`));
  }

  /** Ends the process and returns its exit code. */
  async stop(signal: "SIGTERM" | "SIGINT" | "SIGKILL" = "SIGTERM"): Promise<number> {
    this.#child.kill(signal);
    while (!(await this.#output.read()).done);
    return (await this.#child.status).code;
  }
}

async function portIn(output: ReadableStreamDefaultReader<string>): Promise<number> {
  let text = "";
  for (;;) {
    const { value, done } = await output.read();
    if (done) throw new Error(`The server ended before it listened: ${text}`);
    text += value;
    const listening = /"event":"listening".*"port":(\d+).*\n/.exec(text);
    if (listening !== null) return Number(listening[1]);
  }
}

/** Starts the program, with its standard input and output to be used. */
export function spawn(
  program: Program,
  args: readonly string[],
  env: Record<string, string>,
  stderr: "piped" | "inherit",
): Deno.ChildProcess {
  const [command = "", ...first] = program.command;
  return new Deno.Command(command, {
    args: [...first, ...args],
    env,
    stdin: "piped",
    stdout: "piped",
    stderr,
  })
    .spawn();
}

function isBuilt(): boolean {
  try {
    return Deno.statSync(`${root}dist/chat`).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
