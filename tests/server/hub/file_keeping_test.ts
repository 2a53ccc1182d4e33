import assert from "node:assert/strict";
import { limits } from "../../../shared/protocol/mod.ts";
import { digestOf, randomBytes } from "../../kit/transfer.ts";
import { asks, namesIn, settled, uploads, withUploads } from "../../kit/uploads.ts";

Deno.test("bytes that belong to nothing go at the next start, and what is missing is logged", () =>
  withUploads(async (scene) => {
    const { bench, keeping, directory } = scene;
    const kept = await uploads(scene, "a", true), lost = await uploads(scene, "bb", true);
    for (const name of ["orphan", "orphan.preview", "uploads/orphan"]) {
      Deno.writeTextFileSync(`${directory}/${name}`, "x");
    }
    Deno.removeSync(`${directory}/${lost}`);
    await keeping.compare();
    assert.deepEqual([namesIn(directory), namesIn(`${directory}/uploads`)], [[kept], []]);
    assert.deepEqual(bench.logged("files_missing").map(({ count }) => count), [1]);
    assert.equal((await asks(scene, { type: "get", file: lost, at: 0 })).code, "no_such_file");
    assert.equal(bench.logged("file_damaged").length, 1);
  }));

Deno.test("what was about to become a file when the server died becomes one later", () =>
  withUploads(async (scene) => {
    const { keeping, directory } = scene;
    const file = await uploads(scene, "a", false);
    Deno.writeTextFileSync(`${directory}/${file}`, "x");
    await keeping.compare();
    assert.deepEqual([namesIn(directory), namesIn(`${directory}/uploads`)], [[], [file]]);
  }));

Deno.test("what is not finished or not sent within a day is thrown away, and what was sent stays", () =>
  withUploads(async (scene) => {
    const { bench, keeping, directory } = scene;
    const unfinished = await uploads(scene, "a", false), unsent = await uploads(scene, "bb", true);
    const sent = await uploads(scene, "ccc", true);
    await asks(scene, { type: "send", room: "general", text: "", files: [sent] });
    keeping.throwAwayGivenUp();
    await bench.settle();
    assert.equal((await asks(scene, { type: "get", file: unsent, at: 0 })).type, "chunk");
    bench.clock.advance(limits.uploadLifeMs + 1);
    keeping.throwAwayGivenUp();
    await bench.settle();
    await settled(bench, keeping.removeDiscarded());
    assert.equal((await asks(scene, { type: "get", file: unsent, at: 0 })).code, "no_such_file");
    assert.equal(
      (await asks(scene, { type: "put", file: unfinished, at: 0, data: "AA==" })).code,
      "no_such_file",
    );
    assert.equal((await asks(scene, { type: "get", file: sent, at: 0 })).type, "chunk");
    assert.deepEqual(namesIn(directory), [sent]);
    assert.deepEqual(bench.store.files.discarded(9), []);
  }));

Deno.test("an upload that cannot be stored is refused, and can be finished later", () =>
  withUploads(async (scene) => {
    const { store, directory } = scene;
    const bytes = randomBytes(100), digest = digestOf(bytes);
    const request = { type: "upload", room: "general", name: "a", size: bytes.length, digest };
    const { file } = await asks(scene, request);
    store.fail();
    const refused = await asks(scene, { type: "put", file, at: 0, data: bytes.toBase64() });
    assert.equal(refused.code, "unavailable");
    store.recover();
    const again = await asks(scene, request);
    assert.deepEqual([again.whole, again.file], [true, file]);
    assert.deepEqual(namesIn(directory), [file]);
  }));
