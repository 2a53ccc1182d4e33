import assert from "node:assert/strict";
import { Previews } from "../../../server/files/mod.ts";
import { plainJpeg, plainPng } from "../../kit/pictures.ts";
import { testWorld } from "../../kit/world.ts";

Deno.test("a damaged picture has no small one, and the next one has", async () => {
  const { clock, log } = testWorld();
  const previews = new Previews(clock, log);
  try {
    const damaged = plainPng(9, 9).slice(0, 40), good = plainJpeg(9, 9);
    const about = { width: 9, height: 9, orientation: 1 };
    const none = await previews.make({ ...about, format: "png" }, 40, () => Promise.resolve(damaged));
    assert.equal(none, undefined);
    const some = await previews.make({ ...about, format: "jpeg" }, 99, () => Promise.resolve(good));
    assert.ok(some !== undefined);
  } finally {
    previews.stop();
  }
});
