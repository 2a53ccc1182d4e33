/** `chat keys rotate` as a process of its own, and how far it has come. */
import { DatabaseSync } from "node:sqlite";
import { chatCommand } from "../chat_task.ts";

export interface RotationProcess {
  /** Without a chance to tidy up. */
  kill(): void;
  readonly ended: Promise<RotationOutcome>;
}

export interface RotationOutcome {
  readonly success: boolean;
  readonly output: string;
}

export function startRotation(data: string): RotationProcess {
  const [command = "", ...args] = chatCommand(new URL("../../", import.meta.url).pathname);
  const child = new Deno.Command(command, {
    args: [...args, "keys", "rotate", "--data", data],
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const decoder = new TextDecoder();
  const ended = child.output().then(({ success, stdout, stderr }) => ({
    success,
    output: decoder.decode(stdout) + decoder.decode(stderr),
  }));
  return { ended, kill: () => kill(child) };
}

function kill(child: Deno.ChildProcess): void {
  try {
    child.kill("SIGKILL");
  } catch (error) {
    // It has ended by itself.
    if (!(error instanceof TypeError)) throw error;
  }
}

export interface RotationState {
  /** The root key file: one line a key. */
  readonly rootKeys: readonly string[];
  /** How many data keys each root key wraps, the most first. */
  readonly wrapped: readonly number[];
}

export function rotationState(data: string): RotationState {
  const rootKeys = Deno.readTextFileSync(`${data}/server/keys/root.key`).trim().split("\n");
  const database = new DatabaseSync(`${data}/server/chat.db`, { readOnly: true });
  const rows = database.prepare("SELECT count(*) AS count FROM key GROUP BY root ORDER BY count DESC").all();
  database.close();
  return { rootKeys, wrapped: rows.map(({ count }) => Number(count)) };
}

/** What a rotation that was killed had come to, in words. */
export function describeState({ rootKeys, wrapped }: RotationState): string {
  if (rootKeys.length === 1) return "after the last step";
  return wrapped.length === 1 ? "before the first or the last step" : "with some keys rewrapped";
}
