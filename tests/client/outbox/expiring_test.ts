import assert from "node:assert/strict";
import { join } from "node:path";
import type { Said } from "../../../client/connection/mod.ts";
import { MessageFiles } from "../../../client/outbox/mod.ts";
import { withDirectory } from "../../kit/directory.ts";
import { manualClock } from "../../kit/manual_clock.ts";
import { testWorld } from "../../kit/world.ts";

const ana = { pin: "pin", username: "ana" };

function said(text: string, time: number, more: Partial<Said> = {}): Said {
  return { room: "general", text, nonce: text, time, ...more };
}

Deno.test("Files and the time to keep it stay with what was said until the next start", () =>
  withDirectory(async (data) => {
    const world = testWorld(), time = world.clock.now();
    const one = said("one", time, { files: ["f1", "f2"], lifeMs: 60_000 });
    const first = new MessageFiles(data, ana, world);
    await first.keep(one);
    await first.close();
    const second = new MessageFiles(data, ana, world);
    assert.deepEqual(second.earlier, [one]);
    await second.close();
  }));

Deno.test("What was to be kept only for a while is in no line any more when it is stored, though others wait", () =>
  withDirectory(async (data) => {
    const world = testWorld(), time = world.clock.now();
    const messages = new MessageFiles(data, ana, world);
    await messages.keep(said("usual", time));
    await messages.keep(said("secret", time, { lifeMs: 60_000 }));
    assert.match(textIn(data), /usual[^]*secret/);
    messages.drop("secret");
    await messages.close();
    assert.match(textIn(data), /usual/);
    assert.doesNotMatch(textIn(data), /secret/);
  }));

Deno.test("What was to be gone by now is not sent any more", () =>
  withDirectory(async (data) => {
    const clock = manualClock(), world = testWorld({ clock });
    const first = new MessageFiles(data, ana, world);
    await first.keep(said("secret", clock.now(), { lifeMs: 60_000 }));
    await first.keep(said("usual", clock.now()));
    await first.close();
    clock.advance(60_000);
    const second = new MessageFiles(data, ana, world);
    assert.deepEqual(second.earlier.map(({ text }) => text), ["usual"]);
    assert.deepEqual(second.takeTooOld().map(({ text }) => text), ["secret"]);
    await second.close();
    assert.doesNotMatch(textIn(data), /secret/);
  }));

function textIn(data: string): string {
  const directory = join(data, "client", "outbox");
  const names = [...Deno.readDirSync(directory)].map(({ name }) => name).filter((name) =>
    name.endsWith(".jsonl")
  );
  return names.map((name) => Deno.readTextFileSync(join(directory, name))).join("");
}
