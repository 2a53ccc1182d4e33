import assert from "node:assert/strict";
import { joined, notedJpeg, plainJpeg } from "../../kit/pictures.ts";
import { turn } from "../../kit/sink.ts";
import { digestOf, randomBytes } from "../../kit/transfer.ts";
import { asks, heard, namesIn, settled, type UploadScene, withUploads } from "../../kit/uploads.ts";

const chunk = 64 * 1024;

Deno.test("what is thrown away while it becomes a file leaves nothing behind that others would get", () =>
  withUploads(async (scene) => {
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
  withUploads(async (scene) => {
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

/** A picture that ends after its first chunk, with something behind it. */
const longPicture = joined(notedJpeg(64, 64, 6), randomBytes(chunk));

/** Begins an upload and puts all of it but the last chunk. Returns what finishes it. */
async function allButLast(
  scene: UploadScene,
  name: string,
  bytes: Uint8Array,
): Promise<Record<string, unknown>> {
  const digest = digestOf(bytes), size = bytes.length;
  const { file } = await asks(scene, { type: "upload", room: "general", name, size, digest });
  let at = 0;
  for (; at + chunk < size; at += chunk) {
    await asks(scene, { type: "put", file, at, data: bytes.subarray(at, at + chunk).toBase64() });
  }
  return { type: "put", file, at, data: bytes.subarray(at).toBase64() };
}

Deno.test("a picture without its notes is written only where the disk has room, and leaves nothing where it has none", () => {
  const space = { free: 2 ** 40, total: 2 ** 40 };
  return withUploads(async (scene) => {
    const { directory } = scene;
    const last = await allButLast(scene, "a", longPicture);
    space.free = 0;
    assert.equal((await asks(scene, last)).code, "too_large");
    assert.deepEqual([namesIn(directory), namesIn(`${directory}/uploads`)], [[], [last.file]]);
    space.free = 2 ** 40;
    const again = { type: "upload", room: "general", name: "a", size: longPicture.length };
    assert.equal((await asks(scene, { ...again, digest: digestOf(longPicture) })).whole, true);
  }, () => Promise.resolve(space));
});

Deno.test("what somebody uploads is finished one after the other", () =>
  withUploads(async (scene) => {
    const { ana } = scene;
    // Notes in its drawing, which take long to take out.
    const slow = joined(plainJpeg(8, 8), notesOf(4 * chunk)), quick = randomBytes(10);
    slow.set([0xff, 0xfe], plainJpeg(8, 8).length - 2);
    const lasts = [await allButLast(scene, "slow", slow), await allButLast(scene, "quick", quick)];
    const [first = "", second = ""] = lasts.map((last) => ana.say(last));
    await heard(scene, second);
    const order = ana.sink.frames.map(({ re }) => re).filter((re) => re === first || re === second);
    assert.deepEqual(order, [first, second]);
  }));

/** So many bytes of segments with nothing in them. */
function notesOf(bytes: number): Uint8Array {
  return Uint8Array.from({ length: bytes }, (_, at) => [0xff, 0xe1, 0, 2][at % 4] ?? 0);
}
