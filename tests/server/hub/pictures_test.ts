import assert from "node:assert/strict";
import jpeg from "jpeg-js";
import { isNoted, joined, notedJpeg, notedPng } from "../../kit/pictures.ts";
import { withServer } from "../../kit/server.ts";
import { digestOf, download, uploadOf, uploadTo } from "../../kit/transfer.ts";

Deno.test("a photograph is kept without its place, whatever it is called, and has a preview", () =>
  withServer(async (server) => {
    using ana = await server.register("ana");
    const noted = notedJpeg(640, 480, 6);
    const whole = await uploadTo(ana, "general", "letter.txt", noted);
    assert.notEqual(whole.digest, digestOf(noted));
    const kept = await download(ana, whole.file);
    assert.ok(!isNoted(kept));
    assert.deepEqual([whole.received, whole.size, whole.digest], [noted.length, kept.length, digestOf(kept)]);
    const ok = await ana.ask({ type: "send", room: "general", text: "look", files: [whole.file] });
    assert.deepEqual(ok.files, [{
      file: whole.file,
      name: "letter.txt",
      size: kept.length,
      width: 480,
      height: 640,
      preview: true,
    }]);
    const preview = await download(ana, whole.file, true);
    const { width, height } = jpeg.decode(preview);
    assert.deepEqual([width, height], [240, 320]);
    // The same picture again, with other notes: it lies there once.
    const again = await uploadTo(
      ana,
      "general",
      "again.jpg",
      joined(noted, new TextEncoder().encode("more")),
    );
    assert.equal(again.digest, whole.digest);
    const names = [...Deno.readDirSync(`${server.directory}/files`)].filter(({ isFile }) => isFile);
    assert.equal(names.length, 2, JSON.stringify(names));
  }));

Deno.test("what was uploaded as a picture and sent is known again by what was uploaded", () =>
  withServer(async (server) => {
    using ana = await server.register("ana");
    const noted = notedPng(20, 10);
    const whole = await uploadTo(ana, "general", "a.png", noted);
    const known = await ana.ask(uploadOf("general", "a.png", noted));
    assert.deepEqual([known.file, known.whole, known.size], [whole.file, true, whole.size]);
  }));

Deno.test("what pretends to be a picture is kept as it is, without a preview", () =>
  withServer(async (server) => {
    using ana = await server.register("ana");
    const pretended = joined(notedJpeg(9, 9, 1).subarray(0, 4), new Uint8Array(500).fill(7));
    const whole = await uploadTo(ana, "general", "a.jpg", pretended);
    assert.equal(whole.digest, digestOf(pretended));
    const ok = await ana.ask({ type: "send", room: "general", text: "", files: [whole.file] });
    assert.deepEqual(ok.files, [{ file: whole.file, name: "a.jpg", size: pretended.length }]);
    assert.deepEqual(await download(ana, whole.file), pretended);
  }));
