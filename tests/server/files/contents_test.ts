import assert from "node:assert/strict";
import { type ContentPlace, Contents, DiskFull, newKey } from "../../../server/files/mod.ts";
import { withDirectory } from "../../kit/directory.ts";
import { digestOf, randomBytes } from "../../kit/transfer.ts";

const chunk = 64 * 1024, sealed = chunk + 28;

/** A content of two blocks and a bit that is whole. */
async function kept(
  contents: Contents,
  place: string,
): Promise<{ content: ContentPlace; bytes: Uint8Array }> {
  const bytes = randomBytes(2 * chunk + 99, place.length);
  const content = { place, key: newKey(), size: bytes.length };
  const part = contents.part(content);
  for (let at = 0; at < bytes.length; at += chunk) await part.append(bytes.slice(at, at + chunk));
  assert.equal(await part.digest(), digestOf(bytes));
  await contents.keep(place);
  return { content, bytes };
}

Deno.test("a content is read from any place on, to the end of its block", () =>
  withDirectory(async (directory) => {
    const contents = new Contents(directory);
    const { content, bytes } = await kept(contents, "a");
    for (const at of [0, 1, chunk - 1, chunk, 2 * chunk, bytes.length - 1]) {
      const end = Math.min(bytes.length, (Math.floor(at / chunk) + 1) * chunk);
      assert.deepEqual(await contents.read(content, at), bytes.slice(at, end));
    }
  }));

Deno.test("blocks that were exchanged, cut off, added or changed do not open", () =>
  withDirectory(async (directory) => {
    const contents = new Contents(directory);
    const { content } = await kept(contents, "a"), other = await kept(contents, "bb");
    const path = `${directory}/a`, whole = Deno.readFileSync(path);
    const blocks = [whole.slice(0, sealed), whole.slice(sealed, 2 * sealed), whole.slice(2 * sealed)];
    const [first = whole, second = whole] = blocks;
    const broken = async (bytes: Uint8Array[], at: number, size: number = content.size) => {
      Deno.writeFileSync(
        path,
        new Uint8Array(await new Blob(bytes as Uint8Array<ArrayBuffer>[]).arrayBuffer()),
      );
      await assert.rejects(() => contents.read({ ...content, size }, at));
    };
    await broken([second, first], 0);
    await broken([Deno.readFileSync(`${directory}/bb`).slice(0, sealed), second], 0);
    await broken([first, second], 2 * chunk);
    // As if it had ended there: the last block says that it is the last.
    await broken([first, second], chunk, 2 * chunk);
    await broken([whole, second], 2 * chunk, content.size + chunk);
    first[1_000] = (first[1_000] ?? 0) ^ 1;
    await broken([first], 0);
    await broken([], 0);
    assert.equal((await contents.read(other.content, 0)).length, chunk);
    await assert.rejects(() => contents.read({ ...other.content, key: newKey() }, 0));
  }));

Deno.test("what is coming counts in whole blocks, and goes on after a break", () =>
  withDirectory(async (directory) => {
    const contents = new Contents(directory);
    const bytes = randomBytes(3 * chunk), content = { place: "a", key: newKey(), size: bytes.length };
    await contents.part(content).append(bytes.slice(0, chunk));
    Deno.writeFileSync(`${directory}/uploads/a`, randomBytes(chunk), { append: true });
    const again = contents.part(content);
    assert.equal(await again.received(), chunk);
    await again.append(bytes.slice(chunk, 2 * chunk));
    await again.append(bytes.slice(2 * chunk));
    assert.equal(await again.digest(), digestOf(bytes));
    assert.deepEqual(await again.whole(), bytes);
  }));

Deno.test("what was thrown away meanwhile is not begun anew by its next block", () =>
  withDirectory(async (directory) => {
    const contents = new Contents(directory);
    const part = contents.part({ place: "a", key: newKey(), size: 2 * chunk });
    await part.append(randomBytes(chunk));
    await contents.remove("a");
    await assert.rejects(() => part.append(randomBytes(chunk)), Deno.errors.NotFound);
    assert.deepEqual([...Deno.readDirSync(`${directory}/uploads`)], []);
  }));

Deno.test("files leave a gibibyte, or a twentieth of the disk, for messages", () =>
  withDirectory(async (directory) => {
    const gib = 1024 ** 3;
    const rooms: readonly [free: number, total: number, bytes: number, hasRoom: boolean][] = [
      [3 * gib, 10 * gib, 2 * gib, true],
      [3 * gib, 10 * gib, 2 * gib + 1, false],
      [6 * gib, 100 * gib, gib, true],
      [6 * gib, 100 * gib, gib + 1, false],
    ];
    for (const [free, total, bytes, hasRoom] of rooms) {
      const contents = new Contents(directory, () => Promise.resolve({ free, total }));
      assert.equal(await contents.hasRoomFor(bytes), hasRoom);
    }
  }));

Deno.test({
  name: "a disk that is full refuses a block, and what came before stays",
  ignore: Deno.build.os !== "linux",
  fn: () =>
    withDirectory(async (directory) => {
      const contents = new Contents(directory);
      const part = contents.part({ place: "a", key: newKey(), size: 2 * chunk });
      // A device that is always full.
      Deno.symlinkSync("/dev/full", `${directory}/uploads/a`);
      await assert.rejects(() => part.append(randomBytes(chunk)), DiskFull);
      Deno.removeSync(`${directory}/uploads/a`);
      await part.append(randomBytes(chunk));
      assert.equal(await part.received(), chunk);
    }),
});
