/** Files and exports by commands, as scripts use them, with the program as a person starts it. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { formatRoomLink } from "../../shared/identity/mod.ts";
import { withDirectory } from "../kit/directory.ts";
import { testPassword } from "../kit/line_client.ts";
import { runProgram, ServeProcess, testProgram } from "../kit/program.ts";
import { seededChance } from "../kit/world.ts";

testProgram(
  "files are sent and saved, and everything is taken along, by commands alone",
  (program) =>
    withDirectory(async (data) => {
      const server = await ServeProcess.start(program, data, "--registration", "open");
      const address = `chat://127.0.0.1:${server.port}`;
      const chat = (...args: readonly string[]) => runProgram(program, [...args, "--data", data]);
      {
        using ana = await server.connect(data);
        await ana.register("ana");
      }
      const env = { CHAT_PASSWORD: testPassword };
      const first = await runProgram(program, ["connect", address, "--user", "ana", "--data", data], { env });
      assert.equal(first.code, 0, first.errors);

      const content = seededChance(1).bytes(300_000), path = join(data, "my data.bin");
      Deno.writeFileSync(path, content);
      const notes = join(data, "notes.txt");
      Deno.writeTextFileSync(notes, "hello");
      // Whoever names a file twice means it once.
      const up = await chat("upload", "general", path, notes, path, "--text", "both", "--server", address);
      assert.deepEqual([up.code, up.output, up.errors], [0, "", ""]);
      const down = await chat("download", "general", "2", "--to", join(data, "down"), "--server", address);
      assert.deepEqual([down.code, down.errors], [0, ""]);
      assert.deepEqual(down.output.split("\n"), [
        join(data, "down", "my data.bin"),
        join(data, "down", "notes.txt"),
        "",
      ]);
      assert.deepEqual(Deno.readFileSync(join(data, "down", "my data.bin")), content);
      const byLink = formatRoomLink({ host: "127.0.0.1", port: server.port, room: "general", seq: 2 });
      const one = await chat("download", byLink, "2", "--to", join(data, "one"), "--server", address);
      assert.deepEqual([one.code, one.output], [0, `${join(data, "one", "notes.txt")}\n`]);
      const failures: readonly (readonly [number, readonly string[]])[] = [
        [1, ["upload", "general", join(data, "nothing")]],
        [1, ["upload", "nowhere", path]],
        [1, ["download", "general", "1"]],
        [1, ["download", "general", "2", "3"]],
        [2, ["download", "general"]],
        [2, ["upload", "general"]],
      ];
      for (const [code, args] of failures) {
        const failed = await chat(...args, "--server", address);
        assert.deepEqual([failed.code, failed.output], [code, ""], `${args.join(" ")}: ${failed.errors}`);
        assert.notEqual(failed.errors, "");
      }

      const own = await chat("export", join(data, "own"), "--server", address);
      assert.equal(own.code, 0, own.errors);
      const whole = await chat("export", "server", join(data, "whole"));
      assert.equal(whole.code, 0, whole.errors);
      assert.equal(await server.stop(), 0);
      const again = await chat("export", "server", join(data, "again"));
      assert.equal(again.code, 0, again.errors);
      for (const folder of ["own", "whole", "again"]) {
        const check = await runProgram(program, ["export", "check", join(data, folder)]);
        assert.deepEqual([check.code, check.errors], [0, ""]);
        assert.match(check.output, /All of it is right: \d+ lines in \d parts, 2 contents/);
      }
      Deno.writeTextFileSync(join(data, "own", "messages.ndjson"), "{}\n", { append: true });
      const broken = await runProgram(program, ["export", "check", join(data, "own")]);
      assert.equal(broken.code, 1);
      assert.match(broken.errors, /messages\.ndjson/);
    }),
);
