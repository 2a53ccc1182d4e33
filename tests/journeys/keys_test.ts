import assert from "node:assert/strict";
import { withDirectory } from "../kit/directory.ts";
import type { LineClient } from "../kit/line_client.ts";
import { upTo } from "../../scripts/load/crowd.ts";
import { nameOf, populate, tokenOf } from "../../scripts/load/population.ts";
import { openStore } from "../../server/store/mod.ts";
import { runProgram, ServeProcess, spawn, testProgram } from "../kit/program.ts";
import { turn } from "../kit/sink.ts";

async function textsIn(client: LineClient, room: string): Promise<string[]> {
  const { messages } = await client.ask({ type: "history", room, after: 0, limit: 200 });
  return messages.filter(({ type }: { type: string }) => type === "message").map((
    { text }: { text: string },
  ) => text);
}

function rootKeysIn(path: string): string[] {
  return Deno.readTextFileSync(path).trim().split("\n");
}

testProgram(
  "the root key is exchanged beside a running server: what was said stays readable, and old backups need the old key",
  (program) =>
    withDirectory(async (data) => {
      const rootKey = `${data}/server/keys/root.key`;
      const server = await ServeProcess.start(program, data, "--registration", "open");
      using ana = await server.connect(data);
      await ana.register("ana");
      await ana.send("general", "before");
      const [first] = rootKeysIn(rootKey);
      assert.equal((await runProgram(program, ["backup", `${data}/old`, "--data", data])).code, 0);

      const rotated = await runProgram(program, ["keys", "rotate", "--data", data]);
      assert.equal(rotated.code, 0, rotated.errors);
      assert.match(rotated.output, /^3 keys are under a new root key, in .*root\.key\.\n/);
      assert.match(rotated.output, /Backups made before need the old one\. It is in .*root\.key\.retired/);
      assert.ok(!rootKeysIn(rootKey).includes(first ?? ""), "the old key is out of use");
      assert.deepEqual(rootKeysIn(`${rootKey}.retired`), [first]);
      assert.ok(!rotated.output.includes(first ?? ""), "a key is in the output");

      await ana.send("general", "after");
      assert.deepEqual(await textsIn(ana, "general"), ["before", "after"]);
      await server.stop();
      const restore = ["restore", `${data}/old`, "--data", `${data}/restored`, "--root-key"];
      assert.match((await runProgram(program, [...restore, rootKey])).errors, /holds another root key/);
      const restored = await runProgram(program, [...restore, `${rootKey}.retired`]);
      assert.equal(restored.code, 0, restored.errors);
      for (const [where, texts] of [[data, ["before", "after"]], [`${data}/restored`, ["before"]]] as const) {
        const again = await ServeProcess.start(program, where);
        using back = await again.connect(where);
        await back.login("ana");
        assert.deepEqual(await textsIn(back, "general"), texts);
        await again.stop();
      }
    }),
);

testProgram(
  "a root key can be kept elsewhere, and a server whose root key is missing or another one does not start",
  (program) =>
    withDirectory(async (data) => {
      const rootKey = `${data}/usb/root.key`;
      await (await ServeProcess.start(program, data, "--root-key", rootKey)).stop();
      assert.equal(rootKeysIn(rootKey).length, 1);
      assert.throws(() => Deno.statSync(`${data}/server/keys/root.key`), Deno.errors.NotFound);

      const serve = ["serve", "--data", data, "--host", "127.0.0.1", "--port", "0"];
      const missing = await runProgram(program, serve);
      assert.match(
        missing.errors,
        /^chat: The root key [^\n]* is missing: there is no file [^\n]*nothing was changed\.\n$/,
      );
      assert.throws(() => Deno.statSync(`${data}/server/keys/root.key`), Deno.errors.NotFound);
      Deno.writeTextFileSync(`${data}/other.key`, `${"A".repeat(43)}\n`);
      const other = await runProgram(program, [...serve, "--root-key", `${data}/other.key`]);
      assert.match(other.errors, /^chat: [^\n]* holds another root key [^\n]*nothing was changed\.\n$/);
      Deno.writeTextFileSync(`${data}/other.key`, "not a key\n");
      const none = await runProgram(program, [
        "keys",
        "rotate",
        "--data",
        data,
        "--root-key",
        `${data}/other.key`,
      ]);
      assert.match(none.errors, /^chat: [^\n]* is no root key[^\n]*\n$/);
      const rotated = await runProgram(program, ["keys", "rotate", "--data", data, "--root-key", rootKey]);
      assert.equal(rotated.code, 0, rotated.errors);
      await (await ServeProcess.start(program, data, "--root-key", rootKey)).stop();
    }),
);

testProgram(
  "keys are rotated where a server has run, and nowhere else",
  (program) =>
    withDirectory(async (data) => {
      const nowhere = await runProgram(program, ["keys", "rotate", "--data", data]);
      assert.match(nowhere.errors, /^chat: No server has run on [^\n]*\n$/);
      assert.deepEqual([...Deno.readDirSync(data)], []);
    }),
);

function kill(child: Deno.ChildProcess): void {
  try {
    child.kill("SIGKILL");
  } catch (error) {
    // It has ended by itself.
    if (!(error instanceof TypeError)) throw error;
  }
}

testProgram(
  "a rotation that is killed leaves everything readable, and the next one finishes it",
  (program) =>
    withDirectory(async (data) => {
      const rooms = upTo(600).map((number) => ({ name: `r${number}`, members: [0], messages: 2 }));
      populate(data, { members: 1, rooms });
      const rootKey = `${data}/server/keys/root.key`;
      // It asks faster than a person would.
      const server = await ServeProcess.start(program, data, "--set", "limits.rates=off");
      using client = await server.connect(data);
      await client.ask({ type: "resume", token: tokenOf(nameOf(0)), cursors: {} });
      for (const isLater of [false, true, false, true]) {
        const before = Deno.readTextFileSync(rootKey);
        const rotation = spawn(program, ["keys", "rotate", "--data", data], {}, "piped");
        while (Deno.readTextFileSync(rootKey) === before) await turn();
        if (isLater) { for (let at = 0; at < 20; at++) await client.ask({ type: "ping" }); }
        kill(rotation);
        await rotation.stdin.close();
        await rotation.output();
        for (const { name } of rooms.filter((_, at) => at % 60 === 0)) {
          assert.equal((await textsIn(client, name)).length, 2);
        }
        const next = await runProgram(program, ["keys", "rotate", "--data", data]);
        assert.equal(next.code, 0, next.errors);
        assert.equal(rootKeysIn(rootKey).length, 1);
      }
      await server.stop();
      const store = openStore(`${data}/server/chat.db`);
      for (const { id, seq } of store.rooms.rooms()) {
        assert.equal([...store.events.after(id, 0, 9)].length, seq);
      }
      store.close();
    }),
);
