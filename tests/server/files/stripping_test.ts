import assert from "node:assert/strict";
import { decode as decodePng } from "fast-png";
import jpeg from "jpeg-js";
import { type Picture, strip, stripperFor } from "../../../server/files/mod.ts";
import {
  canary,
  isNoted,
  joined,
  notedGif,
  notedJpeg,
  notedPng,
  notedWebp,
  plainJpeg,
  plainPng,
} from "../../kit/pictures.ts";
import { fromSeed } from "../../kit/seed.ts";
import { seededChance } from "../../kit/world.ts";

/** What is kept of a content that comes in pieces of `pieceBytes`. */
async function stripped(
  content: Uint8Array,
  pieceBytes: number,
): Promise<{ picture: Picture | undefined; kept: Uint8Array }> {
  const stripper = stripperFor(content);
  assert.ok(stripper !== undefined);
  const parts: Uint8Array[] = [];
  const kept = {
    write(bytes: Uint8Array) {
      parts.push(bytes.slice());
      return Promise.resolve();
    },
  };
  const picture = await strip(stripper, piecesOf(content, pieceBytes), kept, () => Promise.resolve());
  return { picture, kept: joined(...parts) };
}

async function* piecesOf(content: Uint8Array, pieceBytes: number): AsyncGenerator<Uint8Array, void> {
  for (let at = 0; at < content.length; at += pieceBytes) yield await content.slice(at, at + pieceBytes);
}

Deno.test("a JPEG loses all that was noted in it but how it is to be turned, and no pixel", async () => {
  const noted = notedJpeg(48, 32, 6);
  assert.ok(isNoted(noted));
  for (const pieceBytes of [1, 7, 65_536]) {
    const { picture, kept } = await stripped(noted, pieceBytes);
    assert.deepEqual(picture, { format: "jpeg", width: 48, height: 32, orientation: 6 });
    assert.ok(!isNoted(kept));
    assert.deepEqual(jpeg.decode(kept).data, jpeg.decode(plainJpeg(48, 32)).data);
    // What is kept loses nothing more, and is turned as before.
    assert.deepEqual(await stripped(kept, pieceBytes), { picture, kept });
  }
});

Deno.test("a JPEG without notes stays as it is, byte by byte", async () => {
  const plain = plainJpeg(40, 40);
  assert.deepEqual((await stripped(plain, 100)).kept, plain);
});

Deno.test("of a JPEG with several frames the first is kept", async () => {
  const plain = plainJpeg(40, 40);
  const frame = plain.findIndex((byte, at) => byte === 0xff && plain[at + 1] === 0xc0);
  const second = plain.slice(frame, frame + 19);
  const several = joined(plain.subarray(0, frame + 19), second, plain.subarray(frame + 19));
  assert.deepEqual((await stripped(several, 100)).kept, plain);
});

Deno.test("what only begins like a picture is none", async () => {
  for (
    const content of [
      plainJpeg(9, 9).subarray(0, 60),
      joined(plainJpeg(9, 9).subarray(0, 3), new Uint8Array(99)),
    ]
  ) {
    assert.equal((await stripped(content, 10)).picture, undefined);
  }
  const png = plainPng(9, 9);
  png[12] = 0;
  assert.equal((await stripped(png, 10)).picture, undefined);
  assert.equal(stripperFor(new TextEncoder().encode("%PDF-1.7")), undefined);
  assert.equal(stripperFor(new Uint8Array()), undefined);
});

Deno.test("a PNG loses its texts, and no pixel", async () => {
  const noted = notedPng(30, 20);
  assert.ok(isNoted(noted));
  for (const pieceBytes of [1, 13, 65_536]) {
    const { picture, kept } = await stripped(noted, pieceBytes);
    assert.deepEqual(picture, { format: "png", width: 30, height: 20, orientation: 1 });
    assert.deepEqual(kept, plainPng(30, 20));
    assert.deepEqual(decodePng(kept).data, decodePng(plainPng(30, 20)).data);
  }
});

Deno.test("a GIF loses its comments and stays repeated; a WebP keeps its length", async () => {
  for (const pieceBytes of [1, 65_536]) {
    const gif = await stripped(notedGif(), pieceBytes);
    assert.deepEqual(gif.picture, { format: "gif", width: 1, height: 1, orientation: 1 });
    assert.ok(!isNoted(gif.kept));
    assert.ok(new TextDecoder("latin1").decode(gif.kept).includes("NETSCAPE2.0"));
    const noted = notedWebp(), webp = await stripped(noted, pieceBytes);
    assert.deepEqual(webp.picture, { format: "webp", width: 64, height: 32, orientation: 1 });
    assert.ok(!isNoted(webp.kept));
    assert.equal(webp.kept.length, noted.length - canary.length);
    assert.equal(webp.kept[20], 0x20);
  }
});

Deno.test("whatever a picture was damaged to, stripping it ends, and adds next to nothing to it", async () => {
  const chance = seededChance(fromSeed().seed);
  const below = (bound: number) => Math.floor(chance.fraction() * bound);
  const wholes = [notedJpeg(16, 16, 3), notedPng(8, 8), notedGif(), notedWebp()];
  for (let round = 0; round < 300; round++) {
    const content = (wholes[round % wholes.length] ?? new Uint8Array()).slice();
    for (let changes = 0; changes < 4; changes++) content[12 + below(content.length - 12)] = below(256);
    const cut = content.subarray(0, 12 + below(content.length));
    const { kept } = await stripped(cut, 1 + below(50));
    assert.ok(kept.length <= cut.length + 16);
  }
});

Deno.test("a picture that was made to take long lets others do something all the while", async () => {
  const plain = plainJpeg(8, 8), drawn = plain.subarray(0, plain.length - 2), bytes = 64 * 1024;
  // Within the drawing: fill bytes before a zero, and segments with nothing in them.
  for (const pattern of [[0xff, 0xff, 0], [0xff, 0xe1, 0, 2], [0xff, 1]]) {
    const long = Uint8Array.from({ length: bytes }, (_, at) => pattern[at % pattern.length] ?? 0);
    let rests = 0;
    const rest = () => Promise.resolve(void rests++);
    const kept = { write: () => Promise.resolve() };
    await strip(stripperFor(plain) ?? assert.fail(), piecesOf(joined(drawn, long), bytes), kept, rest);
    assert.ok(rests > 50, `${pattern}: ${rests}`);
  }
});
