import assert from "node:assert/strict";
import { chatContestant } from "../../../scripts/bench/chat.ts";
import { measureOneRoom, oneRoomPlan } from "../../../scripts/bench/one_room.ts";

Deno.test({
  name: "a small talk on a real server is heard whole and in order, at full speed and at a pace",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const fast = oneRoomPlan(4, 2, 60, { window: 5 }), slow = oneRoomPlan(4, 2, 10, { perSecond: 200 });
    const figures = await measureOneRoom(chatContestant(false), 4, fast, slow);
    assert.deepEqual([figures.lost, figures.outOfTurn], [0, 0]);
    assert.ok((figures.deliveriesPerSecond ?? 0) > 0 && (figures.p99Ms ?? 0) > 0);
  },
});
