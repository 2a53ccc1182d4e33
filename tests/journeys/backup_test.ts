import assert from "node:assert/strict";
import { modeOf, withDirectory } from "../kit/directory.ts";
import type { LineClient } from "../kit/line_client.ts";
import { runProgram, ServeProcess, testProgram } from "../kit/program.ts";

/** Every event of every room that the client is in. */
async function everything(client: LineClient): Promise<Record<string, unknown>> {
  const { rooms } = await client.ask({ type: "rooms" });
  const logs: Record<string, unknown> = {};
  for (const { room } of rooms) {
    logs[room] = (await client.ask({ type: "history", room, after: 0, limit: 200 })).messages;
  }
  return logs;
}

testProgram(
  "a backup taken while people talk becomes the same server elsewhere, room by room",
  (program) =>
    withDirectory(async (data) => {
      const file = `${data}/monday.backup`;
      const server = await ServeProcess.start(
        program,
        `${data}/old`,
        "--registration",
        "open",
        "--set",
        "limits.rates=off",
      );
      const ana = await server.connect(`${data}/old`);
      await ana.register("ana");
      await ana.ask({ type: "create", room: "ops", topic: "what runs" });
      for (const room of ["general", "ops"]) {
        for (let at = 0; at < 50; at++) await ana.send(room, `${room} ${at}`);
      }
      const before = await everything(ana);
      const made = await runProgram(program, ["backup", file, "--data", `${data}/old`]);
      assert.equal(made.code, 0, made.errors);
      assert.equal(modeOf(file), 0o600);
      await ana.send("general", "said after the backup");
      const again = await runProgram(program, ["backup", file, "--data", `${data}/old`]);
      assert.equal(again.code, 1);
      assert.match(again.errors, /exists already/);
      await server.stop();

      const rootKey = `${data}/old/server/keys/root.key`;
      assert.ok(made.output.includes(`not in it but in ${rootKey}`), made.output);
      const restore = ["restore", file, "--data", `${data}/new`];
      const restored = await runProgram(program, [...restore, "--root-key", rootKey]);
      assert.equal(restored.code, 0, restored.errors);
      const refused = await runProgram(program, [...restore, "--root-key", rootKey]);
      assert.match(refused.errors, /is not empty/);
      assert.equal(modeOf(`${data}/new/server/keys/root.key`), 0o600);
      assert.deepEqual(
        Deno.readTextFileSync(`${data}/new/server/authority.pem`),
        Deno.readTextFileSync(`${data}/old/server/authority.pem`),
      );
      const elsewhere = await ServeProcess.start(program, `${data}/new`);
      using back = await elsewhere.connect(`${data}/new`);
      await back.login("ana");
      assert.deepEqual(await everything(back), before);
      await elsewhere.stop();
    }),
);

testProgram(
  "a backup without its root key, or with another server's, is of no use, and nothing is made of it",
  (program) =>
    withDirectory(async (data) => {
      for (const name of ["one", "two"]) await (await ServeProcess.start(program, `${data}/${name}`)).stop();
      const made = await runProgram(program, ["backup", `${data}/b`, "--data", `${data}/one`]);
      assert.equal(made.code, 0, made.errors);
      const restore = ["restore", `${data}/b`, "--data", `${data}/new`];
      const without = await runProgram(program, restore);
      assert.match(
        without.errors,
        /^chat: [^\n]* opens with its server's root key only[^\n]*--root-key[^\n]*\n$/,
      );
      const other = [...restore, "--root-key", `${data}/two/server/keys/root.key`];
      assert.match(
        (await runProgram(program, other)).errors,
        /^chat: [^\n]* holds another root key[^\n]*\n$/,
      );
      const missing = [...restore, "--root-key", `${data}/nowhere.key`];
      assert.match(
        (await runProgram(program, missing)).errors,
        /^chat: [^\n]* is missing: there is no file[^\n]*\n$/,
      );
      const pem = new TextDecoder().decode(Deno.readFileSync(`${data}/b`)).includes("PRIVATE KEY");
      assert.equal(pem, false, "the authority's key is in the backup in clear");
      assert.deepEqual([...Deno.readDirSync(data)].map(({ name }) => name).sort(), ["b", "one", "two"]);
    }),
);

testProgram(
  "what is no backup, and what is a broken one, is refused and nothing is made",
  (program) =>
    withDirectory(async (data) => {
      Deno.writeTextFileSync(`${data}/letter`, "Dear all");
      const letter = await runProgram(program, ["restore", `${data}/letter`, "--data", `${data}/new`]);
      assert.equal(letter.code, 1);
      assert.match(
        letter.errors,
        /^chat: .*letter is not a backup made by chat backup, or it is damaged.*\.\n$/,
      );
      const missing = await runProgram(program, ["restore", `${data}/missing`, "--data", `${data}/new`]);
      assert.match(missing.errors, /There is no file/);
      assert.throws(() => Deno.statSync(`${data}/new`), Deno.errors.NotFound);
    }),
);

testProgram(
  "a backup touches no file but its own, and says in one sentence what is in its way",
  (program) =>
    withDirectory(async (data) => {
      await (await ServeProcess.start(program, `${data}/old`)).stop();
      Deno.writeTextFileSync(`${data}/b.part`, "not yours");
      const made = await runProgram(program, ["backup", `${data}/b`, "--data", `${data}/old`]);
      assert.equal(made.code, 0, made.errors);
      assert.equal(Deno.readTextFileSync(`${data}/b.part`), "not yours");
      assert.equal(modeOf(`${data}/b`), 0o600);

      const nowhere = await runProgram(program, ["backup", `${data}/no/such/b`, "--data", `${data}/old`]);
      assert.match(nowhere.errors, /^chat: Cannot write "[^\n]*\n$/);
      const directory = await runProgram(program, ["restore", data, "--data", `${data}/new`]);
      assert.match(directory.errors, /^chat: [^\n]* is not a backup[^\n]*\n$/);
      Deno.removeSync(`${data}/old/server/authority.pem`);
      const halved = await runProgram(program, ["backup", `${data}/c`, "--data", `${data}/old`]);
      assert.match(halved.errors, /^chat: Cannot read "[^\n]*authority\.pem"[^\n]*\n$/);
      assert.deepEqual([...Deno.readDirSync(data)].map(({ name }) => name).sort(), ["b", "b.part", "old"]);
    }),
);
