import assert from "node:assert/strict";
import { Uploads } from "../../../server/hub/uploads.ts";

Deno.test("what one account finishes waits for its own that came before, and not for another account's", async () => {
  const uploads = new Uploads();
  const order: string[] = [];
  const held = Promise.withResolvers<void>();
  const first = uploads.finishing(1).inTurn(() => held.promise.then(() => void order.push("first")));
  const second = uploads.finishing(1).inTurn(() => Promise.resolve(void order.push("second")));
  await uploads.finishing(2).inTurn(() => Promise.resolve(void order.push("other")));
  held.resolve();
  await Promise.all([first, second]);
  assert.deepEqual(order, ["other", "first", "second"]);
});
