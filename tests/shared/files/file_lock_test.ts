import assert from "node:assert/strict";
import { join } from "node:path";
import { FileTrouble, lockFile, lockWaitMsMax, tryLockFile } from "../../../shared/files/mod.ts";
import { withDirectory } from "../../kit/directory.ts";
import { manualClock } from "../../kit/manual_clock.ts";
import { systemClock } from "../../../shared/world/mod.ts";

const room = new URL("../../../shared/files/mod.ts", import.meta.url).href;

Deno.test("a lock is held once, and free again after its release", () =>
  withDirectory((directory) => {
    const path = join(directory, "lock");
    const lock = tryLockFile(path);
    assert.ok(lock !== undefined);
    assert.equal(tryLockFile(path), undefined);
    assert.equal(Deno.statSync(path).size, 0);
    assert.equal((Deno.statSync(path).mode ?? 0) & 0o777, 0o600);
    lock.release();
    lock.release();
    const again = tryLockFile(path);
    assert.ok(again !== undefined);
    again.release();
  }));

Deno.test("a lock is refused to another process, even after this one tried it twice", () =>
  withDirectory(async (directory) => {
    const path = join(directory, "lock");
    const lock = tryLockFile(path);
    assert.equal(tryLockFile(path), undefined);
    assert.equal(await othersTry(path), "refused");
    lock?.release();
    assert.equal(await othersTry(path), "taken");
  }));

Deno.test("a lock dies with a process that is killed", () =>
  withDirectory(async (directory) => {
    const path = join(directory, "lock");
    const holder = spawn(
      `tryLockFile(${JSON.stringify(path)}); console.log("held"); setInterval(() => {}, 1000);`,
    );
    const reader = holder.stdout.getReader();
    await reader.read();
    assert.equal(tryLockFile(path), undefined);
    holder.kill("SIGKILL");
    await holder.status;
    await reader.cancel();
    const lock = tryLockFile(path);
    assert.ok(lock !== undefined);
    lock.release();
  }));

Deno.test("a waiter gets the lock when its holder lets go", () =>
  withDirectory(async (directory) => {
    const path = join(directory, "lock");
    const first = tryLockFile(path);
    const waiting = lockFile(path, systemClock());
    first?.release();
    (await waiting).release();
  }));

Deno.test("a waiter gives up in the end and says why", () =>
  withDirectory(async (directory) => {
    const path = join(directory, "lock");
    const clock = manualClock();
    const lock = tryLockFile(path);
    const waiting = assert.rejects(lockFile(path, clock), (error) => {
      assert.ok(error instanceof FileTrouble);
      assert.match(error.message, /another program keeps holding it/);
      return true;
    });
    await clock.pass(lockWaitMsMax);
    await waiting;
    lock?.release();
  }));

Deno.test("a lock in a directory that is not there is trouble, not a free lock", () =>
  withDirectory((directory) =>
    void assert.throws(() => tryLockFile(join(directory, "no", "lock")), FileTrouble)
  ));

async function othersTry(path: string): Promise<string> {
  const { stdout } = await spawn(
    `console.log(tryLockFile(${JSON.stringify(path)}) === undefined ? "refused" : "taken");`,
  ).output();
  return new TextDecoder().decode(stdout).trim();
}

function spawn(code: string): Deno.ChildProcess {
  const script = `import { tryLockFile } from ${JSON.stringify(room)}; ${code}`;
  return new Deno.Command(Deno.execPath(), { args: ["eval", script], stdout: "piped" }).spawn();
}
