import assert from "node:assert/strict";
import { nearestName } from "../../../client/commands/nearest_name.ts";

const names = ["help", "history", "join", "leave", "quit", "room", "rooms", "who"];

for (
  const [typed, meant] of [["jion", "join"], ["hist", "history"], ["quti", "quit"], ["romo", "room"], [
    "lave",
    "leave",
  ]]
) {
  Deno.test(`"${typed}" is taken for "${meant}"`, () => {
    assert.equal(nearestName(typed ?? "", names), meant);
  });
}

Deno.test("what is near to nothing is taken for nothing", () => {
  assert.equal(nearestName("frobnicate", names), undefined);
  assert.equal(nearestName("", []), undefined);
});
