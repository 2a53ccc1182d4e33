import assert from "node:assert/strict";
import { messageAt } from "../../../client/model/mod.ts";
import { manualClock } from "../../kit/manual_clock.ts";
import { expect, general, push, tellHistory, withScene } from "../../kit/script.ts";
import { testWorld } from "../../kit/world.ts";

Deno.test("A message goes when its time is over, though nobody says so and there is no connection", () => {
  const clock = manualClock();
  return withScene({ world: testWorld({ clock }), rooms: [general(1)] }, async (scene) => {
    const { peer, connection, sees } = scene;
    const text = (seq: number) => messageAt(connection.model().rooms.get("general"), seq)?.text;
    await tellHistory(peer, 1, 1);
    await sees.for("caught_up");
    await peer.say({ ...push(2), text: "soon", expires: clock.now() + 60_000 });
    await peer.say({ ...push(3), text: "later", expires: clock.now() + 3 * 60 * 60_000 });
    await sees.text("general", "later");
    const saying = connection.say("general", "mine", { lifeMs: 30_000 });
    const sent = await expect(peer, "send");
    assert.equal(sent.lifeMs, 30_000);
    const expires = clock.now() + 30_000;
    await peer.say({ type: "ok", re: sent.id, room: "general", seq: 4, time: clock.now(), expires });
    await saying;
    assert.deepEqual([2, 3, 4].map(text), ["soon", "later", "mine"]);
    peer.hangUp();
    await sees.for("lost");
    clock.advance(30_000);
    assert.deepEqual([2, 3, 4].map(text), ["soon", "later", undefined]);
    clock.advance(30_000);
    assert.deepEqual([1, 2, 3].map(text), ["1", undefined, "later"]);
    clock.advance(3 * 60 * 60_000);
    assert.deepEqual([1, 3].map(text), ["1", undefined]);
    assert.doesNotMatch(JSON.stringify([...connection.model().rooms]), /soon|later|mine/);
  });
});
