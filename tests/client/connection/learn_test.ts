/** What answers and pushes tell is in the model in the order in which the server said it, and as another device has it. */
import assert from "node:assert/strict";
import type { Connection } from "../../../client/connection/mod.ts";
import { doorTo, registered } from "../../kit/client.ts";
import { expect, general, push, tellHistory, withScene } from "../../kit/script.ts";
import { type TestServer, withServer } from "../../kit/server.ts";
import { Watch } from "../../kit/watch.ts";
import { testWorld } from "../../kit/world.ts";

Deno.test("what an answer says is taken before what was pushed behind it, also where both come at once", () =>
  withScene({ world: testWorld(), rooms: [general(2)] }, async ({ peer, connection, sees }) => {
    await tellHistory(peer, 1, 2);
    await sees.text("general", "2");
    const asking = connection.request({ type: "thread", room: "general", seq: 1 });
    const { id } = await expect(peer, "thread");
    const { room: _room, ...root } = push(1);
    const answer = { type: "thread", re: id, room: "general", root, messages: [], more: false } as const;
    await peer.say({ ...answer, following: true, read: 1, unread: 0 }, { ...push(3), thread: 1 });
    await asking;
    await sees.text("general", "3");
    assert.equal(connection.model().rooms.get("general")?.threads.get(1)?.unread, 1);
  }));

Deno.test("one's own message is read before another's that came with its answer is counted", () =>
  withScene({ world: testWorld(), rooms: [general(2)] }, async ({ peer, connection, sees }) => {
    await tellHistory(peer, 1, 2);
    await sees.text("general", "2");
    const saying = connection.say("general", "mine");
    const { id } = await expect(peer, "send");
    await peer.say({ type: "ok", re: id, room: "general", seq: 3, time: 3 }, push(4));
    await saying;
    await sees.text("general", "4");
    assert.equal(connection.model().rooms.get("general")?.unread, 1);
  }));

Deno.test("a profile is the same whether it was asked for or told", () =>
  withDevices(async ({ ana, phone, phoneSees }) => {
    await ana.request({ type: "set_profile", statusText: "here" });
    await phoneSees.for("profile");
    assert.deepEqual(phone.model().profiles, ana.model().profiles);
  }));

Deno.test("a room that one has just come into is the same on each device", () =>
  withDevices(async ({ server, ana, phone, phoneSees }) => {
    await ana.request({ type: "create", room: "ops", access: "private", topic: "What runs" });
    await phoneSees.for("caught_up", ({ room }) => room === "ops");
    const ben = await registered(server, "ben");
    const benSees = new Watch(ben);
    await ana.request({ type: "add", room: "ops", username: "ben" });
    await benSees.for("caught_up", ({ room }) => room === "ops");
    const { access, topic, read, standing } = phone.model().rooms.get("ops") ?? {};
    assert.deepEqual({ access, topic, read, standing }, {
      ...{ access: "private", topic: "What runs", read: 1, standing: "moderator" },
    });
    assert.deepEqual(ben.model().rooms.get("ops")?.read, 2);
    assert.deepEqual(ben.model().rooms.get("ops")?.topic, "What runs");
    await ben.close();
  }));

Deno.test("whoever is made a member while they are away is not taken to be there, nor does one hear of oneself", () =>
  withDevices(async ({ server, ana, phone, phoneSees }) => {
    const ben = await registered(server, "ben");
    await phoneSees.for("presence", ({ status }) => status === "online");
    await ben.close();
    await phoneSees.for("presence", ({ status }) => status === "offline");
    await ana.request({ type: "create", room: "ops" });
    await ana.request({ type: "add", room: "ops", username: "ben" });
    await phoneSees.for("event", ({ room, event }) => room === "ops" && event.seq === 2);
    assert.equal(phone.model().presence.get("ben"), "offline");
    await ana.request({ type: "who", room: "ops" });
    assert.deepEqual([...ana.model().presence], [["ben", "offline"]]);
    await ana.request({ type: "remove", room: "ops", username: "ben" });
    assert.equal(ana.model().presence.has("ben"), false);
  }));

interface Devices {
  readonly server: TestServer;
  readonly ana: Connection;
  readonly phone: Connection;
  readonly phoneSees: Watch;
}

/** Ana, with two devices. */
function withDevices(use: (devices: Devices) => Promise<void>): Promise<void> {
  return withServer(async (server) => {
    const ana = await registered(server, "ana");
    const phone = await (await doorTo(server)).resume("ana");
    await use({ server, ana, phone, phoneSees: new Watch(phone) });
    await Promise.all([ana.close(), phone.close()]);
  });
}
