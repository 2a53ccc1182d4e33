import assert from "node:assert/strict";
import { limits } from "../../../shared/protocol/mod.ts";
import { modeOf } from "../../kit/directory.ts";
import { type TestServer, withServer } from "../../kit/server.ts";
import { digestOf, download, putOf, putRest, randomBytes, uploadOf, uploadTo } from "../../kit/transfer.ts";

const chunk = limits.chunkBytes;

/** What lies on the disk of files, by name. */
function onDisk({ directory }: TestServer): string[] {
  const names = (path: string, before: string) =>
    [...Deno.readDirSync(path)].filter(({ isFile }) => isFile).map(({ name }) => before + name);
  return [...names(`${directory}/files`, ""), ...names(`${directory}/files/uploads`, "uploads/")].sort();
}

Deno.test("a file goes up chunk by chunk, is sent with a message, and comes back as it was", () =>
  withServer(async (server) => {
    using ana = await server.register("ana");
    using ben = await server.register("ben");
    const bytes = randomBytes(3 * chunk + 17);
    const whole = await uploadTo(ana, "general", "plan.pdf", bytes);
    assert.deepEqual(
      { ...whole, re: undefined, file: undefined },
      {
        type: "upload",
        re: undefined,
        file: undefined,
        received: bytes.length,
        chunkBytes: chunk,
        whole: true,
        size: bytes.length,
        digest: digestOf(bytes),
      },
    );
    const ok = await ana.ask({ type: "send", room: "general", text: "", files: [whole.file] });
    const shown = [{ file: whole.file, name: "plan.pdf", size: bytes.length }];
    assert.deepEqual(ok.files, shown);
    const push = await ben.hearWhere(({ type }) => type === "message");
    assert.equal(push.text, "");
    assert.deepEqual(push.files, shown);
    assert.deepEqual(await download(ben, whole.file), bytes);
    const { messages } = await ben.ask({ type: "history", room: "general" });
    assert.deepEqual(messages.at(-1).files, shown);
    assert.equal(onDisk(server).length, 1);
    assert.equal(modeOf(`${server.directory}/files`), 0o700);
    assert.equal(modeOf(`${server.directory}/files/uploads`), 0o700);
    assert.equal(modeOf(`${server.directory}/files/${onDisk(server)[0]}`), 0o600);
  }));

Deno.test("an upload that broke off goes on where it was, on another connection and after a restart", () =>
  withServer(async (server) => {
    const bytes = randomBytes(5 * chunk + 1);
    let ana = await server.register("ana");
    await putRest(ana, await ana.ask(uploadOf("general", "a", bytes)), bytes, 2 * chunk);
    ana.close();
    ana = await server.connect();
    await ana.login("ana");
    const again = await ana.ask(uploadOf("general", "a", bytes));
    assert.equal(again.received, 2 * chunk);
    await putRest(ana, again, bytes, 3 * chunk);
    ana.close();
    await server.stop();
    // A crash in the middle of a block: what is no whole block is not counted.
    const [part = ""] = onDisk(server);
    Deno.writeFileSync(`${server.directory}/files/${part}`, randomBytes(100), { append: true });
    await server.start();
    using back = await server.connect();
    await back.login("ana");
    const restarted = await back.ask(uploadOf("general", "a", bytes));
    assert.equal(restarted.received, 3 * chunk);
    const whole = await putRest(back, restarted, bytes);
    assert.equal(whole.digest, digestOf(bytes));
    assert.deepEqual(await download(back, whole.file), bytes);
    // Asked for once more, it is there.
    const known = await back.ask(uploadOf("general", "a", bytes));
    assert.deepEqual([known.file, known.whole], [whole.file, true]);
  }));

Deno.test("a chunk that is not the next one changes nothing, and the answer says which is", () =>
  withServer(async (server) => {
    using ana = await server.register("ana");
    const bytes = randomBytes(2 * chunk + 5);
    const begun = await ana.ask(uploadOf("general", "a", bytes));
    assert.equal((await ana.ask(putOf(begun, bytes, chunk))).received, 0);
    assert.equal((await ana.ask(putOf(begun, bytes, 0))).received, chunk);
    assert.equal((await ana.ask(putOf(begun, bytes, 0))).received, chunk);
    const short = { type: "put", file: begun.file, at: chunk, data: bytes.subarray(0, 7).toBase64() };
    assert.equal((await ana.ask(short)).code, "bad_request");
    assert.equal((await ana.ask({ ...short, data: "!!!!" })).code, "bad_request");
    assert.equal((await ana.ask({ ...short, data: "A===" })).code, "bad_request");
    // Several at once are taken in their order.
    const both = [chunk, 2 * chunk].map((at) =>
      JSON.stringify({ id: `at ${at}`, ...putOf(begun, bytes, at) })
    );
    await ana.write(`${both.join("\n")}\n`);
    assert.equal((await ana.hearWhere(({ re }) => re === `at ${chunk}`)).received, 2 * chunk);
    assert.equal((await ana.hearWhere(({ re }) => re === `at ${2 * chunk}`)).whole, true);
    assert.equal((await ana.ask(putOf(begun, bytes, 2 * chunk))).whole, true);
    assert.deepEqual(await download(ana, begun.file), bytes);
  }));

Deno.test("what is not what was announced is thrown away", () =>
  withServer(async (server) => {
    using ana = await server.register("ana");
    const bytes = randomBytes(chunk + 5), other = randomBytes(chunk + 5, 2);
    const begun = await ana.ask(uploadOf("general", "a", bytes));
    const refused = await putRest(ana, begun, other);
    assert.equal(refused.code, "content_mismatch");
    assert.equal((await ana.ask(putOf(begun, bytes, 0))).code, "no_such_file");
    assert.equal(
      (await ana.ask({ type: "send", room: "general", text: "", files: [begun.file] })).code,
      "no_such_file",
    );
    const anew = await uploadTo(ana, "general", "a", bytes);
    assert.equal(anew.whole, true);
  }));

Deno.test("the same content in one room lies there once, and goes with the last message that has it", () =>
  withServer(async (server) => {
    using ana = await server.register("ana");
    using ben = await server.register("ben");
    const bytes = randomBytes(chunk + 9);
    const first = await uploadTo(ana, "general", "a", bytes);
    // Nobody learns by a digest what somebody else has uploaded and not sent.
    assert.equal((await ben.ask(uploadOf("general", "b", bytes))).received, 0);
    const one = await ana.ask({ type: "send", room: "general", text: "", files: [first.file] });
    const second = await ben.ask(uploadOf("general", "c", bytes));
    assert.equal(second.whole, true);
    assert.notEqual(second.file, first.file);
    const two = await ben.ask({ type: "send", room: "general", text: "x", files: [second.file] });
    // In another room it lies a second time.
    await ana.ask({ type: "create", room: "ops" });
    assert.equal((await ana.ask(uploadOf("ops", "a", bytes))).received, 0);
    await ana.ask({ type: "delete", room: "general", seq: one.seq });
    assert.equal((await ben.ask({ type: "get", file: first.file, at: 0 })).code, "no_such_file");
    assert.deepEqual(await download(ana, second.file), bytes);
    await ben.ask({ type: "delete", room: "general", seq: two.seq });
    assert.equal((await ben.ask({ type: "get", file: second.file, at: 0 })).code, "no_such_file");
    await vanished(server, first.file);
  }));

/** Resolves when the bytes that came by this upload are gone. */
async function vanished(server: TestServer, id: string): Promise<void> {
  while (onDisk(server).some((name) => name.includes(id))) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

Deno.test("whoever may not read a message may not have its files, in the same words as if there were none", () =>
  withServer(async (server) => {
    using ana = await server.register("ana");
    using ben = await server.register("ben");
    using eve = await server.register("eve");
    await ana.ask({ type: "create", room: "ops", access: "private" });
    await ana.ask({ type: "add", room: "ops", username: "ben" });
    const { file } = await uploadTo(ana, "ops", "a", randomBytes(99));
    const none = await eve.ask({ type: "get", file: "x".repeat(22), at: 0 });
    const same = (answer: { code: string; message: string }) =>
      assert.deepEqual([answer.code, answer.message], [none.code, none.message]);
    same(await ben.ask({ type: "get", file, at: 0 }));
    await ana.ask({ type: "send", room: "ops", text: "", files: [file] });
    assert.equal((await ben.ask({ type: "get", file, at: 0 })).type, "chunk");
    same(await eve.ask({ type: "get", file, at: 0 }));
    same(await eve.ask({ type: "put", file, at: 0, data: "AAAA" }));
    same(await eve.ask({ type: "cancel_upload", file }));
    same(await eve.ask({ type: "send", room: "general", text: "", files: [file] }));
    same(await ana.ask({ type: "send", room: "ops", text: "", files: [file] }));
    await ana.ask({ type: "remove", room: "ops", username: "ben" });
    same(await ben.ask({ type: "get", file, at: 0 }));
    assert.equal((await ana.ask({ type: "get", file, at: 99 })).code, "bad_request");
    assert.equal((await ana.ask({ type: "get", file, at: 0, preview: true })).code, "no_such_file");
  }));

Deno.test("a guest has the files of their rooms alone, and what was sent outlasts its sender and a deletion under hold", () =>
  withServer(async (server) => {
    using ana = await server.register("ana");
    using ben = await server.register("ben");
    using gast = await server.register("gast");
    assert.equal((await ana.ask({ type: "role", username: "gast", role: "guest" })).type, "ok");
    await ana.ask({ type: "create", room: "ops", access: "public" });
    const { file: foreign } = await uploadTo(ana, "ops", "a", randomBytes(99));
    await ana.ask({ type: "send", room: "ops", text: "", files: [foreign] });
    assert.equal((await gast.ask({ type: "get", file: foreign, at: 0 })).code, "no_such_file");
    assert.equal((await gast.ask(uploadOf("ops", "b", randomBytes(99)))).code, "not_a_member");

    const { file } = await uploadTo(ben, "general", "plan", randomBytes(99, 2));
    const { seq } = await ben.ask({ type: "send", room: "general", text: "", files: [file] });
    const { file: unsent } = await uploadTo(ben, "general", "draft", randomBytes(99, 3));
    assert.equal((await ana.ask({ type: "deactivate", username: "ben", deactivated: true })).type, "ok");
    assert.equal((await gast.ask({ type: "get", file, at: 0 })).type, "chunk");
    assert.equal((await ana.ask({ type: "get", file: unsent, at: 0 })).code, "no_such_file");

    await ana.ask({ type: "hold", room: "general", held: true });
    assert.equal((await ana.ask({ type: "delete", room: "general", seq })).code, "held");
    assert.equal((await gast.ask({ type: "get", file, at: 0 })).type, "chunk");
    await ana.ask({ type: "hold", room: "general", held: false });
    assert.equal((await ana.ask({ type: "delete", room: "general", seq })).type, "ok");
    assert.equal((await gast.ask({ type: "get", file, at: 0 })).code, "no_such_file");
  }));

Deno.test("whoever may say nothing may upload nothing, and what is thrown away is gone", () =>
  withServer(async (server) => {
    using ana = await server.register("ana");
    using ben = await server.register("ben");
    const bytes = randomBytes(2 * chunk);
    const begun = await ben.ask(uploadOf("general", "b", bytes));
    await ana.ask({ type: "standing", room: "general", username: "ben", standing: "muted" });
    assert.equal((await ben.ask(uploadOf("general", "c", bytes))).code, "muted");
    assert.equal((await ben.ask(putOf(begun, bytes, 0))).code, "muted");
    await ana.ask({ type: "standing", room: "general", username: "ben", standing: "member" });
    assert.equal((await ben.ask(putOf(begun, bytes, 0))).received, chunk);
    assert.equal((await ben.ask({ type: "cancel_upload", file: begun.file })).type, "ok");
    assert.equal((await ben.ask(putOf(begun, bytes, chunk))).code, "no_such_file");
    const whole = await uploadTo(ben, "general", "b", bytes);
    assert.equal((await ben.ask({ type: "cancel_upload", file: whole.file })).type, "ok");
    assert.equal((await ben.ask({ type: "cancel_upload", file: whole.file })).code, "no_such_file");
    await vanished(server, "");
  }));

Deno.test("a message has so many files, each once, and an account so many uploads", () =>
  withServer(async (server) => {
    using ana = await server.register("ana");
    const files = [];
    for (let at = 0; at <= limits.filesPerMessage; at++) {
      files.push((await uploadTo(ana, "general", `${at}`, randomBytes(10, at))).file);
    }
    const send = { type: "send", room: "general", text: "" };
    assert.equal((await ana.ask({ ...send, files })).code, "bad_request");
    assert.equal((await ana.ask({ ...send, files: [files[0], files[0]] })).code, "bad_request");
    assert.equal((await ana.ask(send)).code, "text_invalid");
    const order = files.slice(1).toReversed();
    const ok = await ana.ask({ ...send, files: order, nonce: "n" });
    const names = (shown: readonly { file: string }[]) => shown.map(({ file }) => file);
    assert.deepEqual(names(ok.files), order);
    assert.deepEqual(names((await ana.ask({ ...send, files: order, nonce: "n" })).files), order);
    const { messages } = await ana.ask({ type: "history", room: "general" });
    assert.deepEqual(names(messages.at(-1).files), order);
    await ana.ask({ type: "edit", room: "general", seq: ok.seq, text: "now with a text" });
    const edited = await ana.ask({ type: "history", room: "general", around: ok.seq, limit: 1 });
    assert.deepEqual(names(edited.messages[0].files), order);
    for (let at = 1; at < limits.uploadsPerAccount; at++) {
      assert.equal((await ana.ask(uploadOf("general", `more ${at}`, randomBytes(10, at)))).type, "upload");
    }
    assert.equal((await ana.ask(uploadOf("general", "last", randomBytes(10)))).code, "forbidden");
  }));

Deno.test("a file larger than the server takes is refused in words, as all files together are", () =>
  withServer(async (server) => {
    using ana = await server.register("ana");
    const bytes = randomBytes(2048);
    assert.match((await ana.ask(uploadOf("general", "a", randomBytes(2049)))).message, /at most 2 KiB/);
    const { file } = await uploadTo(ana, "general", "a", bytes);
    await ana.ask({ type: "send", room: "general", text: "", files: [file] });
    await uploadTo(ana, "general", "b", randomBytes(1000, 2));
    const refused = await ana.ask(uploadOf("general", "c", randomBytes(100, 3)));
    assert.deepEqual([refused.code, /more than 3 KiB/.test(refused.message)], ["too_large", true]);
  }, { wishes: { "limits.file": "2K", "limits.files": "3K" } }));

Deno.test("nobody takes all that the server has for files by announcing them", () =>
  withServer(async (server) => {
    using ana = await server.register("ana");
    using ben = await server.register("ben");
    const begun = await ana.ask(uploadOf("general", "a", randomBytes(2048, 1)));
    await uploadTo(ana, "general", "b", randomBytes(2048, 2));
    const more = uploadOf("general", "c", randomBytes(1, 3));
    const refused = await ana.ask(more);
    assert.deepEqual([refused.code, /4 KiB together/.test(refused.message)], ["too_large", true]);
    assert.equal((await ben.ask(more)).type, "upload");
    await ana.ask({ type: "cancel_upload", file: begun.file });
    assert.equal((await ana.ask(more)).type, "upload");
  }, { wishes: { "limits.file": "2K", "limits.files": "16K" } }));
