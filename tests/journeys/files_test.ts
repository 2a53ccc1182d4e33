import assert from "node:assert/strict";
import { canariesIn } from "../../scripts/bars/canaries.ts";
import { withDirectory } from "../kit/directory.ts";
import type { LineClient } from "../kit/line_client.ts";
import { isNoted, notedJpeg } from "../kit/pictures.ts";
import { runProgram, ServeProcess, testProgram } from "../kit/program.ts";
import { digestOf, download, putOf, putRest, randomBytes, uploadOf, uploadTo } from "../kit/transfer.ts";

const chunk = 64 * 1024;

const serve = ["--registration", "open", "--set", "passwords.passes=2"] as const;

testProgram(
  "a file comes through a connection that is cut ten times and a server that is killed, and arrives whole",
  (program) =>
    withDirectory(async (data) => {
      const bytes = randomBytes(24 * chunk + 11);
      let server = await ServeProcess.start(program, data, ...serve);
      const enter = async (): Promise<LineClient> => {
        const client = await server.connect(data);
        await client.login("ana");
        return client;
      };
      await (await server.connect(data)).register("ana");
      for (let cut = 1; cut <= 10; cut++) {
        const client = await enter();
        const begun = await client.ask(uploadOf("general", "big.iso", bytes));
        await putRest(client, begun, bytes, 2 * cut * chunk);
        // In the middle of a line.
        await client.write(
          JSON.stringify({ id: "cut", ...putOf(begun, bytes, 2 * cut * chunk) }).slice(0, 999),
        );
        client.close();
        if (cut === 5) {
          await server.stop("SIGKILL");
          server = await ServeProcess.start(program, data, ...serve);
        }
      }
      using client = await enter();
      const begun = await client.ask(uploadOf("general", "big.iso", bytes));
      assert.ok(begun.received >= 20 * chunk, String(begun.received));
      const whole = await putRest(client, begun, bytes);
      assert.deepEqual([whole.whole, whole.digest], [true, digestOf(bytes)]);
      await client.ask({ type: "send", room: "general", text: "here", files: [whole.file] });
      await server.stop("SIGKILL");
      server = await ServeProcess.start(program, data, ...serve);
      using back = await enter();
      assert.deepEqual(await download(back, whole.file), bytes);
      await server.stop();
    }),
);

testProgram(
  "what is in files is nowhere on the disk in clear, and a backup brings it back",
  (program) =>
    withDirectory(async (data) => {
      const secret = "canary: the parrots' nest is below the third stair";
      const text = new TextEncoder().encode(`${secret}\n`.repeat(3_000));
      const server = await ServeProcess.start(program, `${data}/old`, ...serve);
      const ana = await server.connect(`${data}/old`);
      await ana.register("ana");
      const letter = await uploadTo(ana, "general", `${secret}.txt`, text);
      const photo = await uploadTo(ana, "general", "photo.jpg", notedJpeg(400, 300, 3));
      const unfinished = await ana.ask(uploadOf("general", `${secret}.2`, randomBytes(3 * chunk)));
      await putRest(ana, unfinished, text, chunk);
      const files = [letter.file, photo.file];
      await ana.ask({ type: "send", room: "general", text: "two", files });
      const backup = await runProgram(program, ["backup", `${data}/b`, "--data", `${data}/old`]);
      assert.equal(backup.code, 0, backup.errors);
      assert.match(backup.output, /b\.files: it belongs to it/);
      await server.stop();
      const canaries = new Map<string, string | Uint8Array>([
        ["the content or name of a file", secret],
        ["the digest of a file", Uint8Array.fromBase64(letter.digest, { alphabet: "base64url" })],
      ]);
      assert.deepEqual(canariesIn(data, canaries), []);

      const restore = ["restore", `${data}/b`, "--data", `${data}/new`];
      const rootKey = ["--root-key", `${data}/old/server/keys/root.key`];
      Deno.renameSync(`${data}/b.files`, `${data}/elsewhere`);
      const halved = await runProgram(program, [...restore, ...rootKey]);
      assert.match(halved.errors, /2 of the 2 files that belong to/);
      Deno.renameSync(`${data}/elsewhere`, `${data}/b.files`);
      const restored = await runProgram(program, [...restore, ...rootKey]);
      assert.equal(restored.code, 0, restored.errors);
      const rotated = await runProgram(program, ["keys", "rotate", "--data", `${data}/new`]);
      assert.equal(rotated.code, 0, rotated.errors);
      const again = await ServeProcess.start(program, `${data}/new`, ...serve);
      using back = await again.connect(`${data}/new`);
      await back.login("ana");
      assert.deepEqual(await download(back, letter.file), text);
      const kept = await download(back, photo.file);
      assert.ok(!isNoted(kept));
      assert.ok((await download(back, photo.file, true)).length > 0);
      // What was not finished is begun anew: its bytes are in no backup.
      assert.equal((await back.ask(uploadOf("general", `${secret}.2`, randomBytes(3 * chunk)))).received, 0);
      await again.stop();
    }),
);
