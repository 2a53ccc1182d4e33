import assert from "node:assert/strict";
import { join } from "node:path";
import type { Said } from "../../../client/connection/mod.ts";
import { MessageFiles } from "../../../client/outbox/mod.ts";
import { limits } from "../../../shared/protocol/mod.ts";
import type { World } from "../../../shared/world/mod.ts";
import { modeOf, withDirectory } from "../../kit/directory.ts";
import { manualClock } from "../../kit/manual_clock.ts";
import { testWorld } from "../../kit/world.ts";

const ana = { pin: "pin", username: "ana" };
const dayMs = 24 * 60 * 60 * 1000;

Deno.test("What has no answer is there at the next start, in its order, and for its own person alone", () =>
  withDirectory(async (data) => {
    const world = testWorld();
    const first = new MessageFiles(data, ana, world);
    assert.deepEqual(first.earlier, []);
    await Promise.all(["one", "two", "three"].map((text) => first.keep(said(text, world))));
    first.drop("two");
    await first.close();
    for (const other of [{ ...ana, username: "ben" }, { ...ana, pin: "other" }]) {
      const others = new MessageFiles(data, other, world);
      assert.deepEqual(others.earlier, []);
      await others.close();
    }
    const second = new MessageFiles(data, ana, world);
    assert.deepEqual(texts(second.earlier), ["one", "three"]);
    await second.close();
  }));

Deno.test("The files can be read by their owner alone, and are gone when everything is answered", () =>
  withDirectory(async (data) => {
    const world = testWorld();
    const directory = join(data, "client", "outbox");
    const first = new MessageFiles(data, ana, world);
    await first.keep(said("one", world));
    assert.equal(modeOf(directory), 0o700);
    const names = [...Deno.readDirSync(directory)].map(({ name }) => name);
    assert.deepEqual(names.map((name) => modeOf(join(directory, name))), [0o600, 0o600]);
    await first.close();
    const second = new MessageFiles(data, ana, world);
    second.drop("one");
    await second.close();
    assert.deepEqual(files(data), []);
  }));

Deno.test("A client that only listens leaves no trace", () =>
  withDirectory(async (data) => {
    const messages = new MessageFiles(data, ana, testWorld());
    messages.drop("never said");
    await messages.close();
    assert.deepEqual([...Deno.readDirSync(data)], []);
  }));

Deno.test("Two terminals of one person do not take each other's messages, and the next one takes both", () =>
  withDirectory(async (data) => {
    const clock = manualClock();
    const [one, two] = [testWorld({ clock, seed: 1 }), testWorld({ clock, seed: 2 })];
    const first = new MessageFiles(data, ana, one);
    await first.keep(said("first", one));
    clock.advance(1);
    const second = new MessageFiles(data, ana, two);
    assert.deepEqual(second.earlier, []);
    await second.keep(said("second", two));
    await Promise.all([first.close(), second.close()]);
    const third = new MessageFiles(data, ana, one);
    assert.deepEqual(texts(third.earlier), ["first", "second"]);
    const fourth = new MessageFiles(data, ana, two);
    assert.deepEqual(fourth.earlier, []);
    await Promise.all([third.close(), fourth.close()]);
  }));

Deno.test("Another process keeps its messages while it lives, and leaves them when it is killed", () =>
  withDirectory(async (data) => {
    const world = testWorld({ seed: 2 });
    const other = otherProcess(data);
    const reader = other.stdout.getReader();
    await reader.read();
    const during = new MessageFiles(data, ana, world);
    assert.deepEqual(during.earlier, []);
    await during.close();
    other.kill("SIGKILL");
    await other.status;
    await reader.cancel();
    const after = new MessageFiles(data, ana, world);
    assert.deepEqual(texts(after.earlier), ["one", "two"]);
    for (const { nonce } of after.earlier) after.drop(nonce);
    await after.close();
    assert.deepEqual(files(data), []);
  }));

Deno.test("What the server may have forgotten is not among what is sent again, and is told of once", () =>
  withDirectory(async (data) => {
    const clock = manualClock();
    const world = testWorld({ clock });
    const first = new MessageFiles(data, ana, world);
    await first.keep(said("old", world));
    clock.advance(2 * dayMs);
    await first.keep(said("young", world));
    await first.close();
    clock.advance(limits.nonceLifeMs - 3 * dayMs);
    const unasked = new MessageFiles(data, ana, world);
    await unasked.close();
    const second = new MessageFiles(data, ana, world);
    assert.deepEqual(texts(second.earlier), ["young"]);
    assert.deepEqual(texts(second.takeTooOld()), ["old"]);
    assert.deepEqual(second.takeTooOld(), []);
    await second.close();
    const third = new MessageFiles(data, ana, world);
    assert.deepEqual([texts(third.earlier), third.takeTooOld()], [["young"], []]);
    await third.close();
  }));

Deno.test("A disk that does not take a message says so, and what was meant for it follows when it does again", () =>
  withDirectory(async (data) => {
    const world = testWorld();
    Deno.mkdirSync(join(data, "client"));
    Deno.writeTextFileSync(join(data, "client", "outbox"), "in the way");
    const messages = new MessageFiles(data, ana, world);
    await assert.rejects(messages.keep(said("one", world)), /Cannot use directory .*outbox/);
    assert.equal(messages.areKept, false);
    Deno.removeSync(join(data, "client", "outbox"));
    await messages.keep(said("two", world));
    assert.equal(messages.areKept, true);
    await messages.close();
    const next = new MessageFiles(data, ana, world);
    assert.deepEqual(texts(next.earlier), ["one", "two"]);
    await next.close();
  }));

Deno.test("A file does not grow with what was answered, however long there is always something unanswered", () =>
  withDirectory(async (data) => {
    const world = testWorld();
    const messages = new MessageFiles(data, ana, world);
    const keeping: Promise<void>[] = [];
    for (let at = 0; at < 10_000; at++) {
      keeping.push(messages.keep(said(`${at}`, world)));
      if (at > 0) messages.drop(`${at - 1}`);
      if (at % 500 === 0) await Promise.all(keeping.splice(0));
    }
    await Promise.all(keeping);
    const [name = ""] = files(data);
    const text = Deno.readTextFileSync(join(data, "client", "outbox", name));
    assert.ok(text.split("\n").length <= 4_002, `${text.split("\n").length} lines`);
    await messages.close();
    const next = new MessageFiles(data, ana, world);
    assert.deepEqual(texts(next.earlier), ["9999"]);
    await next.close();
  }));

Deno.test("What lies in the directory and is no file of an outbox stays as it is", () =>
  withDirectory(async (data) => {
    const directory = join(data, "client", "outbox");
    Deno.mkdirSync(directory, { recursive: true });
    Deno.writeTextFileSync(join(directory, "notes.txt"), "mine");
    Deno.mkdirSync(join(directory, "000000000000001-0123456789abcdef.jsonl"));
    const messages = new MessageFiles(data, ana, testWorld());
    assert.deepEqual(messages.earlier, []);
    await messages.close();
    assert.equal(Deno.readTextFileSync(join(directory, "notes.txt")), "mine");
  }));

function said(text: string, { clock }: World): Said {
  return { room: "general", text, nonce: text, time: clock.now() };
}

function texts(messages: readonly Said[]): string[] {
  return messages.map(({ text }) => text);
}

function files(data: string): string[] {
  return [...Deno.readDirSync(join(data, "client", "outbox"))].map(({ name }) => name).sort();
}

/** Keeps two messages, says so, and lives on. */
function otherProcess(data: string): Deno.ChildProcess {
  const url = (path: string): string => JSON.stringify(new URL(`../../../${path}`, import.meta.url).href);
  const code = `
    import { MessageFiles } from ${url("client/outbox/mod.ts")};
    import { lineLog, systemChance, systemClock } from ${url("shared/world/mod.ts")};
    const clock = systemClock();
    const world = { clock, chance: systemChance(), log: lineLog("text", clock, () => {}) };
    const messages = new MessageFiles(${JSON.stringify(data)}, ${JSON.stringify(ana)}, world);
    const said = (text) => ({ room: "general", text, nonce: text, time: clock.now() });
    await Promise.all(["one", "two"].map((text) => messages.keep(said(text))));
    console.log("kept");
    setInterval(() => {}, 1000);`;
  return new Deno.Command(Deno.execPath(), { args: ["eval", code], stdout: "piped" }).spawn();
}
