import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { withDirectory } from "../kit/directory.ts";
import { type Outcome, type Program, runProgram, ServeProcess, testProgram } from "../kit/program.ts";

function serve(program: Program, data: string, ...args: readonly string[]): Promise<Outcome> {
  return runProgram(program, [
    "serve",
    "--data",
    data,
    "--host",
    "127.0.0.1",
    "--port",
    "0",
    "--log",
    "json",
    ...args,
  ]);
}

/** One sentence or two on standard error, and exit code 1. */
function assertTrouble({ code, errors }: Outcome, says: RegExp): void {
  assert.equal(code, 1);
  assert.match(errors, says);
  assert.match(errors, /^chat: [^\n]*[^.\n]\.\n$/);
}

function contentsOf(directory: string): Map<string, string> {
  const files = [...Deno.readDirSync(directory)].filter(({ name }) => name.endsWith(".pem"));
  return new Map(files.map(({ name }) => [name, Deno.readTextFileSync(`${directory}/${name}`)]));
}

testProgram(
  "a second server on the same data, or on the same port, says so and leaves the first alone",
  (program) =>
    withDirectory(async (data) => {
      const first = await ServeProcess.start(program, data, "--registration", "open");
      assertTrouble(await serve(program, data), /Another chat server is running on .*Stop that one first/);
      assertTrouble(
        await serve(program, `${data}/other`, "--port", String(first.port)),
        /Port \d+ is taken by another program .*choose another port/,
      );
      using ana = await first.connect(data);
      await ana.register("ana");
      assert.equal(await first.stop(), 0);
    }),
);

testProgram("a data directory that cannot be used is named", (program) =>
  withDirectory(async (data) => {
    Deno.writeTextFileSync(`${data}/file`, "");
    assertTrouble(await serve(program, `${data}/file`), /Cannot use directory ".*file\/server"/);
  }));

testProgram(
  "a broken authority or a database from the future stops the start and is left as it is",
  (program) =>
    withDirectory(async (data) => {
      const directory = `${data}/server`;
      await (await ServeProcess.start(program, data)).stop();

      const authority = Deno.readTextFileSync(`${directory}/authority.pem`);
      Deno.writeTextFileSync(`${directory}/authority.pem`, "garbage");
      const before = contentsOf(directory);
      assertTrouble(await serve(program, data), /authority\.pem/);
      assert.deepEqual(contentsOf(directory), before);
      Deno.writeTextFileSync(`${directory}/authority.pem`, authority);

      const database = new DatabaseSync(`${directory}/chat.db`);
      database.exec("PRAGMA user_version = 9999");
      database.close();
      assertTrouble(await serve(program, data), /written by a newer version of chat/);

      Deno.writeTextFileSync(
        `${directory}/chat.db`,
        "this is no database at all, but long enough to be looked at",
      );
      assertTrouble(await serve(program, data), /is damaged/);
      assert.match(Deno.readTextFileSync(`${directory}/chat.db`), /^this is no database/);
    }),
);

testProgram("every mistake in the settings is told at once", (program) =>
  withDirectory(async (data) => {
    const { code, errors } = await serve(program, data, "--port", "banana", "--set", "limits.moon=full");
    assert.equal(code, 1);
    assert.match(errors, /"banana" will not do for server\.port/);
    assert.match(errors, /no setting "limits\.moon"/);
  }));

testProgram(
  "a file's name that would clear the screen is shown for what it is",
  (program) =>
    withDirectory(async (data) => {
      const { code, errors } = await runProgram(program, ["restore", "a\u001b[2J\u202egpj", "--data", data]);
      assert.equal(code, 1);
      assert.match(errors, /There is no file a\\u001b\[2J\\u202egpj/);
    }),
);
