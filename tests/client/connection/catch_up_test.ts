import assert from "node:assert/strict";
import { expect, general, numbers, push, tellHistory, welcome, withScene } from "../../kit/script.ts";
import { hello } from "../../kit/scripted_server.ts";
import { manualClock } from "../../kit/manual_clock.ts";
import { testWorld } from "../../kit/world.ts";

Deno.test("A room is opened with its newest fifty, and what is pushed meanwhile waits its turn", () =>
  withScene({ world: testWorld(), rooms: [general(100)] }, async ({ peer, sees }) => {
    await peer.say(push(101), push(102));
    const heard = await tellHistory(peer, 51, 100, true);
    assert.deepEqual([heard.limit, heard.after, heard.before], [50, undefined, undefined]);
    await sees.text("general", "102");
    assert.deepEqual(sees.texts("general"), numbers(51, 102));
    assert.deepEqual(sees.of("event").map(({ live }) => live).lastIndexOf(false), 49);
  }));

Deno.test("A room with more unread messages is opened with as many as one page holds", () =>
  withScene(
    { world: testWorld(), rooms: [general(500, { read: 100, unread: 100, mentions: 3 })] },
    async ({ peer, sees, connection }) => {
      assert.equal((await tellHistory(peer, 301, 500, true)).limit, 200);
      await sees.text("general", "500");
      const room = connection.model().rooms.get("general");
      assert.deepEqual([room?.unread, room?.mentions], [100, 3]);
    },
  ));

Deno.test("A gap is paged to its end before anything later is shown, without a gap or a repeat", () => {
  const clock = manualClock();
  return withScene({ world: testWorld({ clock }), rooms: [general(10)] }, async ({ server, peer, sees }) => {
    await tellHistory(peer, 1, 10);
    await sees.text("general", "10");
    peer.hangUp();
    await sees.for("lost");
    clock.advance(1_000);
    const next = await server.accept();
    await next.say(hello);
    const resume = await welcome(next, "resume", [general(420)]);
    assert.equal(resume.token, "after login");
    await next.say(push(421), push(422));
    assert.equal((await tellHistory(next, 11, 210, true)).after, 10);
    assert.equal((await tellHistory(next, 211, 410, true)).after, 210);
    await next.say(push(423));
    assert.equal((await tellHistory(next, 411, 422, false)).after, 410);
    await sees.text("general", "423");
    assert.deepEqual(sees.texts("general"), numbers(1, 423));
  });
});

Deno.test("A connection that breaks while a gap is paged goes on paging over the next one", () => {
  const clock = manualClock();
  return withScene({ world: testWorld({ clock }), rooms: [general(10)] }, async ({ server, peer, sees }) => {
    await expect(peer, "history");
    peer.hangUp();
    await sees.for("lost");
    clock.advance(1_000);
    const next = await server.accept();
    await next.say(hello);
    await welcome(next, "resume", [general(10)]);
    await tellHistory(next, 1, 10);
    await sees.text("general", "10");
    assert.deepEqual(sees.texts("general"), numbers(1, 10));
  });
});

Deno.test("Of a gap of over a thousand only the newest are shown, and how many are left out is told", () => {
  const clock = manualClock();
  return withScene({ world: testWorld({ clock }), rooms: [general(1)] }, async ({ server, peer, sees }) => {
    await tellHistory(peer, 1, 1);
    await sees.text("general", "1");
    peer.hangUp();
    await sees.for("lost");
    clock.advance(1_000);
    const next = await server.accept();
    await next.say(hello);
    await welcome(next, "resume", [general(5_000)]);
    await tellHistory(next, 4_801, 5_000, true);
    await sees.text("general", "5000");
    assert.equal((await sees.for("skipped")).missing, 4_799);
    assert.deepEqual(sees.texts("general"), ["1", ...numbers(4_801, 5_000)]);
  });
});

Deno.test("A room that the server knows less of than was shown is shown anew", () => {
  const clock = manualClock();
  return withScene({ world: testWorld({ clock }), rooms: [general(3)] }, async ({ server, peer, sees }) => {
    await tellHistory(peer, 1, 3);
    await sees.text("general", "3");
    peer.hangUp();
    await sees.for("lost");
    clock.advance(1_000);
    const next = await server.accept();
    await next.say(hello);
    await welcome(next, "resume", [general(2, { state: "reset" })]);
    await sees.for("reset");
    await tellHistory(next, 1, 2);
    await sees.for("caught_up", () => sees.of("caught_up").length === 2);
    assert.deepEqual(sees.texts("general"), ["1", "2", "3", "1", "2"]);
  });
});

Deno.test("A hole in what is pushed is given a moment to fill by itself, then it is fetched", () => {
  const clock = manualClock();
  return withScene({ world: testWorld({ clock }), rooms: [general(1)] }, async ({ peer, sees }) => {
    await tellHistory(peer, 1, 1);
    await sees.text("general", "1");
    await peer.say(push(3), push(2), push(2), push(5), { type: "presence", username: "ben", status: "away" });
    await sees.for("presence");
    assert.deepEqual(sees.texts("general"), numbers(1, 3));
    clock.advance(100);
    assert.equal((await tellHistory(peer, 4, 5)).after, 3);
    await sees.text("general", "5");
    assert.deepEqual(sees.texts("general"), numbers(1, 5));
  });
});

Deno.test("An event of a kind that is not known here takes its place in silence", () =>
  withScene({ world: testWorld(), rooms: [general(1)] }, async ({ peer, sees }) => {
    await tellHistory(peer, 1, 1);
    const unknown = JSON.parse('{"type":"waved","room":"general","seq":2,"time":2}');
    await peer.say(unknown, push(3));
    await sees.text("general", "3");
  }));

Deno.test("A room whose history is refused for good holds up no other", () => {
  const clock = manualClock();
  const rooms = [general(1), general(1, { room: "ops" })];
  return withScene({ world: testWorld({ clock }), rooms }, async ({ peer, sees }) => {
    const heard = await expect(peer, "history");
    assert.equal(heard.room, "general");
    await peer.say({ type: "error", re: heard.id, code: "internal", message: "No" });
    await peer.say({ type: "presence", username: "ben", status: "online" });
    await sees.for("presence");
    clock.advance(5_000);
    assert.equal((await tellHistory(peer, 1, 1)).room, "ops");
    await sees.text("ops", "1");
  });
});

Deno.test("A history that is refused for now is asked for again when the server said so", () => {
  const clock = manualClock();
  return withScene({ world: testWorld({ clock }), rooms: [general(1)] }, async ({ peer, sees }) => {
    const heard = await expect(peer, "history");
    await peer.say({
      type: "error",
      re: heard.id,
      code: "rate_limited",
      message: "Slow down",
      retryAfterMs: 700,
    });
    await peer.say({ type: "presence", username: "ben", status: "online" });
    await sees.for("presence");
    clock.advance(700);
    await tellHistory(peer, 1, 1);
    await sees.text("general", "1");
  });
});

Deno.test("what one has done oneself while a page was under way is fetched behind it", () =>
  withScene({ world: testWorld(), rooms: [general(2)] }, async ({ peer, sees, connection }) => {
    const history = await expect(peer, "history");
    const pinning = connection.request({ type: "pin", room: "general", seq: 1 });
    const { id } = await expect(peer, "pin");
    const [first, second] = [push(1), push(2)].map(({ room: _room, ...event }) => event);
    await peer.say(
      { type: "ok", re: id, room: "general", seq: 3, time: 3 },
      { type: "history", re: history.id, room: "general", messages: [first, second], more: false },
    );
    await pinning;
    const next = await expect(peer, "history");
    assert.equal(next.after, 2);
    const pinned = { type: "pinned", seq: 3, time: 3, from: "ana", target: 1 } as const;
    await peer.say({ type: "history", re: next.id, room: "general", messages: [pinned], more: false });
    await sees.for("event", ({ event }) => event.seq === 3);
  }));
