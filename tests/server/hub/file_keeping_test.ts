import assert from "node:assert/strict";
import { FileKeeping } from "../../../server/hub/mod.ts";
import { Contents } from "../../../server/files/mod.ts";
import { limits } from "../../../shared/protocol/mod.ts";
import { type AilingStore, ailingStore } from "../../kit/ailing_store.ts";
import { withDirectory } from "../../kit/directory.ts";
import { TestHub, type Visitor } from "../../kit/hub.ts";
import { notedJpeg } from "../../kit/pictures.ts";
import { turn } from "../../kit/sink.ts";
import { digestOf, randomBytes } from "../../kit/transfer.ts";

interface Scene {
  readonly store: AilingStore;
  readonly bench: TestHub;
  readonly ana: Visitor;
  readonly keeping: FileKeeping;
  readonly directory: string;
}

function withScene(use: (scene: Scene) => Promise<void>): Promise<void> {
  return withDirectory(async (data) => {
    const directory = `${data}/files`;
    const store = ailingStore();
    const bench = new TestHub({}, store, new Contents(directory));
    const ana = await bench.newcomer("ana");
    await use({ store, bench, ana, keeping: new FileKeeping(bench.hub), directory });
  });
}

/** Asks for something that waits for the disk. */
function asks(scene: Scene, frame: Record<string, unknown>): Promise<Record<string, unknown>> {
  return heard(scene, scene.ana.say(frame));
}

/** The answer to a request. */
async function heard({ bench, ana }: Scene, id: string): Promise<Record<string, unknown>> {
  for (;;) {
    await bench.settle();
    const answer = ana.sink.frames.findLast(({ re }) => re === id);
    if (answer !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

/** Settles until `work` is done. */
async function settled(bench: TestHub, work: Promise<void>): Promise<void> {
  let isDone = false;
  void work.finally(() => isDone = true);
  while (!isDone) {
    await bench.settle();
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await work;
}

async function uploads(scene: Scene, name: string, isFinished: boolean): Promise<string> {
  const bytes = randomBytes(100, name.length);
  const digest = digestOf(bytes);
  const { file } = await asks(scene, { type: "upload", room: "general", name, size: bytes.length, digest });
  if (isFinished) await asks(scene, { type: "put", file, at: 0, data: bytes.toBase64() });
  return String(file);
}

function namesIn(directory: string): string[] {
  return [...Deno.readDirSync(directory)].filter(({ isFile }) => isFile).map(({ name }) => name);
}

Deno.test("bytes that belong to nothing go at the next start, and what is missing is logged", () =>
  withScene(async (scene) => {
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
  withScene(async (scene) => {
    const { keeping, directory } = scene;
    const file = await uploads(scene, "a", false);
    Deno.writeTextFileSync(`${directory}/${file}`, "x");
    await keeping.compare();
    assert.deepEqual([namesIn(directory), namesIn(`${directory}/uploads`)], [[], [file]]);
  }));

Deno.test("what is not finished or not sent within a day is thrown away, and what was sent stays", () =>
  withScene(async (scene) => {
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
  withScene(async (scene) => {
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

Deno.test("what is thrown away while it becomes a file leaves nothing behind that others would get", () =>
  withScene(async (scene) => {
    const { bench, ana, keeping, directory } = scene;
    const bytes = randomBytes(100), digest = digestOf(bytes);
    const request = { type: "upload", room: "general", name: "a", size: bytes.length, digest };
    const { file } = await asks(scene, request);
    const last = ana.say({ type: "put", file, at: 0, data: bytes.toBase64() });
    // Its bytes have come to their place, and are not known to be on the disk yet.
    while (!namesIn(directory).includes(String(file))) await turn();
    const cancelled = await asks(scene, { type: "cancel_upload", file });
    assert.equal(cancelled.type, "ok");
    await heard(scene, last);
    await settled(bench, keeping.removeDiscarded());
    assert.equal((await asks(scene, { type: "get", file, at: 0 })).code, "no_such_file");
    assert.deepEqual([namesIn(directory), namesIn(`${directory}/uploads`)], [[], []]);
    // The same content comes anew, and is there.
    const anew = await asks(scene, request);
    assert.equal(anew.received, 0);
    await asks(scene, { type: "put", file: anew.file, at: 0, data: bytes.toBase64() });
    assert.equal((await asks(scene, { type: "get", file: anew.file, at: 0 })).type, "chunk");
  }));

Deno.test("a picture that is thrown away while its notes are taken out leaves nothing on the disk", () =>
  withScene(async (scene) => {
    const { ana, keeping, bench, directory } = scene;
    const bytes = notedJpeg(64, 64, 6), digest = digestOf(bytes);
    const request = { type: "upload", room: "general", name: "a", size: bytes.length, digest };
    const { file } = await asks(scene, request);
    const last = ana.say({ type: "put", file, at: 0, data: bytes.toBase64() });
    // Beside what was uploaded stands what is kept of it.
    while (namesIn(`${directory}/uploads`).length < 2) await turn();
    assert.equal((await asks(scene, { type: "cancel_upload", file })).type, "ok");
    assert.equal((await heard(scene, last)).code, "no_such_file");
    await settled(bench, keeping.removeDiscarded());
    assert.deepEqual([namesIn(directory), namesIn(`${directory}/uploads`)], [[], []]);
  }));
