/** The thread that hashes: argon2id keeps a core busy for a tenth of a second, and the chat must not wait for it. */
import { argon2id, argon2Verify } from "hash-wasm";
import type { PasswordTask, PasswordTaskResult } from "./password_task.ts";

interface WorkerSelf {
  onmessage: ((event: MessageEvent<PasswordTask>) => void) | null;
  postMessage(message: PasswordTaskResult): void;
}

const self = globalThis as unknown as WorkerSelf;

self.onmessage = async ({ data: task }) => {
  self.postMessage(
    task.kind === "hash" ? await hash(task.password, task.salt) : await verify(task.password, task.hash),
  );
};

/** OWASP's floor for argon2id: 19 MiB, two passes, one lane. */
function hash(password: string, salt: Uint8Array): Promise<string> {
  return argon2id({
    password,
    salt,
    memorySize: 19_456,
    iterations: 2,
    parallelism: 1,
    hashLength: 32,
    outputType: "encoded",
  });
}

function verify(password: string, hash: string): Promise<boolean> {
  return argon2Verify({ password, hash });
}
