import { join } from "node:path";

/** A program in a real terminal of 80 columns and 24 rows, which tmux plays. */
export interface TestTerminal {
  /** Presses keys by tmux's names, such as `Enter`, `Tab`, `C-c`, `M-Enter`, `Up`. */
  press(...keys: readonly string[]): Promise<void>;
  /** Types a text as it is, without Enter. */
  type(text: string): Promise<void>;
  /** Types a text and presses Enter. */
  enter(text: string): Promise<void>;
  /** Pastes as a terminal does, with marks around the text where the program has asked for them. */
  paste(text: string): Promise<void>;
  resize(columns: number, rows: number): Promise<void>;
  /** What can be seen now, without empty rows at the end. */
  screen(): Promise<string>;
  /** What can be seen now and has scrolled away, with the control sequences of its colours. */
  painted(): Promise<string>;
  /** Resolves with the screen as soon as it matches; throws with the screen in the message if it does not in time. */
  waitFor(expected: RegExp | string, withinMs?: number): Promise<string>;
  /** Every byte that was written to the terminal so far, keys that it echoed included. */
  bytes(): Promise<string>;
  /** The process id of the program that was started last, while it runs. */
  programPid(): Promise<number>;
}

const waitMsMax = 20_000;
const lookEveryMs = 40;

/** Starts programs in terminals of one tmux server of its own, which ends with `use` whatever happens. */
export async function withTerminals(
  use: (
    open: (
      command: readonly string[],
      environment?: Readonly<Record<string, string>>,
    ) => Promise<TestTerminal>,
  ) => Promise<void>,
): Promise<void> {
  const directory = await Deno.makeTempDir({ prefix: "chat_tmux_" });
  const socket = join(directory, "socket");
  let opened = 0;
  try {
    await use(async (command, environment = {}) => {
      const terminal = new TmuxTerminal(directory, `t${opened++}`);
      await terminal.start(command, environment);
      return terminal;
    });
  } finally {
    await tmux(socket, ["kill-server"]).catch(() => "");
    await Deno.remove(directory, { recursive: true });
  }
}

class TmuxTerminal implements TestTerminal {
  readonly #socket: string;
  readonly #name: string;
  readonly #record: string;

  constructor(directory: string, name: string) {
    this.#socket = join(directory, "socket");
    this.#name = name;
    this.#record = join(directory, `${name}.bytes`);
  }

  /** When the program has ended, its exit code stands on the screen, and the shell is there to be used. */
  async start(command: readonly string[], environment: Readonly<Record<string, string>>): Promise<void> {
    const set = Object.entries({ ...usualEnvironment, ...environment }).map(([name, value]) =>
      `${name}=${value}`
    );
    const line = ["env", ...set, ...command].map(quoted).join(" ");
    await tmux(this.#socket, [
      ...["-f", "/dev/null", "new-session", "-d", "-s", this.#name, "-x", "80", "-y", "24"],
      // Ctrl-C is for the program, not for the shell around it.
      `sh -c ${quoted(`trap : INT; ${line}; echo "[exit $?]"; exec env PS1='shell> ' sh`)}`,
      ...[";", "pipe-pane", "-t", this.#name, `exec cat > ${quoted(this.#record)}`],
    ]);
  }

  async press(...keys: readonly string[]): Promise<void> {
    await tmux(this.#socket, ["send-keys", "-t", this.#name, ...keys]);
  }

  async type(text: string): Promise<void> {
    await tmux(this.#socket, ["send-keys", "-t", this.#name, "-l", "--", text]);
  }

  async enter(text: string): Promise<void> {
    await this.type(text);
    await this.press("Enter");
  }

  async paste(text: string): Promise<void> {
    await tmux(this.#socket, ["set-buffer", "-b", this.#name, "--", text]);
    await tmux(this.#socket, ["paste-buffer", "-p", "-d", "-b", this.#name, "-t", this.#name]);
  }

  async resize(columns: number, rows: number): Promise<void> {
    await tmux(this.#socket, ["resize-window", "-t", this.#name, "-x", String(columns), "-y", String(rows)]);
  }

  async screen(): Promise<string> {
    return (await tmux(this.#socket, ["capture-pane", "-t", this.#name, "-p"])).trimEnd();
  }

  async painted(): Promise<string> {
    return await tmux(this.#socket, ["capture-pane", "-t", this.#name, "-p", "-e", "-S", "-"]);
  }

  async waitFor(expected: RegExp | string, withinMs: number = waitMsMax): Promise<string> {
    const end = performance.now() + withinMs;
    for (;;) {
      const screen = await this.screen();
      if (typeof expected === "string" ? screen.includes(expected) : expected.test(screen)) return screen;
      if (performance.now() > end) throw new Error(`Not seen within ${withinMs} ms: ${expected}\n${screen}`);
      await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
    }
  }

  bytes(): Promise<string> {
    return Deno.readTextFile(this.#record);
  }

  async programPid(): Promise<number> {
    const shell = (await tmux(this.#socket, ["display-message", "-t", this.#name, "-p", "#{pane_pid}"]))
      .trim();
    return Number((await Deno.readTextFile(`/proc/${shell}/task/${shell}/children`)).trim().split(" ")[0]);
  }
}

const usualEnvironment = { TERM: "screen-256color", LANG: "C.UTF-8", TZ: "UTC" };

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

async function tmux(socket: string, words: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await new Deno.Command("tmux", {
    args: ["-u", "-S", socket, ...words],
    env: { LANG: "C.UTF-8" },
  }).output();
  const decoder = new TextDecoder();
  if (code !== 0) throw new Error(`tmux ${words[0]} failed: ${decoder.decode(stderr)}`);
  return decoder.decode(stdout);
}
