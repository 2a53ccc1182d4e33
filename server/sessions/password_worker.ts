/** The thread that hashes: argon2id keeps a core busy for a quarter of a second, and the chat must not wait for it. */
import { argon2id, argon2Verify, bcryptVerify } from "hash-wasm";
import type { PasswordTask, PasswordTaskResult } from "./password_task.ts";

interface WorkerSelf {
  /** Collects garbage, where the engine was started with `--expose-gc`. */
  readonly gc?: () => void;
  onmessage: ((event: MessageEvent<PasswordTask>) => void) | null;
  postMessage(message: PasswordTaskResult): void;
}

/** What bcrypt takes of a password, in bytes: implementations cut off the rest. */
const bcryptBytesMax = 72;

const self = globalThis as unknown as WorkerSelf;

self.onmessage = async ({ data: task }) => {
  self.postMessage(await resultOf(task));
  // Each hash leaves 19 MiB behind that the engine is in no hurry to collect.
  self.gc?.();
};

function resultOf(task: PasswordTask): Promise<PasswordTaskResult> {
  if (task.kind === "hash") return hash(task);
  return task.kind === "verify" ? verify(task) : judge(task.password, task.expected);
}

function hash({ password, salt, cost }: Extract<PasswordTask, { kind: "hash" }>): Promise<string> {
  return argon2id({
    password,
    salt,
    memorySize: cost.memoryKib,
    iterations: cost.passes,
    parallelism: 1,
    hashLength: 32,
    outputType: "encoded",
  });
}

async function verify(
  { password, hash, filler }: Extract<PasswordTask, { kind: "verify" }>,
): Promise<boolean> {
  const matches = await hasHash(password, hash);
  if (!matches && filler !== undefined) await hasHash(password, filler);
  return matches;
}

function hasHash(password: string, hash: string): Promise<boolean> {
  if (!hash.startsWith("$2")) return argon2Verify({ password, hash });
  const bytes = new TextEncoder().encode(password).subarray(0, bcryptBytesMax);
  return bcryptVerify({ password: bytes, hash });
}

/** The lists of common passwords are loaded for those alone who choose one. */
async function judge(password: string, expected: readonly string[]): Promise<PasswordTaskResult> {
  const { weaknessOf } = await import("./password_strength.ts");
  return weaknessOf(password, expected) ?? "fine";
}
