import assert from "node:assert/strict";
import { ConnectionLost } from "../../../client/connection/mod.ts";
import { Refusal } from "../../../shared/protocol/mod.ts";
import { doorTo, registered } from "../../kit/client.ts";
import { withServer } from "../../kit/server.ts";
import { Watch } from "../../kit/watch.ts";

Deno.test("Two people talk, and each sees every message once and in order", () =>
  withServer(async (server) => {
    const [ana, ben] = [await registered(server, "ana"), await registered(server, "ben")];
    const [anaSees, benSees] = [new Watch(ana), new Watch(ben)];
    const sent = await Promise.all(Array.from({ length: 20 }, (_, at) => ana.say("general", `a${at}`)));
    await Promise.all(Array.from({ length: 20 }, (_, at) => ben.say("General", `b${at}`)));
    await Promise.all([anaSees.text("general", "b19"), benSees.text("general", "a19")]);
    assert.deepEqual(anaSees.texts("general"), benSees.texts("general"));
    assert.equal(anaSees.texts("general").length, 40);
    assert.deepEqual(sent.map(({ seq }) => seq), sent.map((_, at) => (sent[0]?.seq ?? 0) + at));
    const first = await anaSees.text("general", "a0");
    assert.deepEqual([first.live, first.event.time], [true, sent[0]?.time]);
    assert.equal(ben.model().rooms.get("general")?.unread, 0);
    await Promise.all([ana.close(), ben.close()]);
  }));

Deno.test("Whoever comes back finds the history, the unread ones counted, and reads them on both terminals", () =>
  withServer(async (server) => {
    const [ana, ben] = [await registered(server, "ana"), await registered(server, "ben")];
    await ben.close();
    for (const text of ["one", "two", "three"]) await ana.say("general", text);
    const [first, second] = [
      await (await doorTo(server)).resume("ben"),
      await (await doorTo(server)).resume("ben"),
    ];
    const [firstSees, secondSees] = [new Watch(first), new Watch(second)];
    await Promise.all([firstSees, secondSees].map((sees) => sees.for("caught_up")));
    assert.deepEqual(firstSees.texts("general"), ["one", "two", "three"]);
    assert.ok(firstSees.of("event").every(({ live }) => !live));
    const room = first.model().rooms.get("general");
    assert.deepEqual([room?.unread, room?.mentions], [3, 0]);
    first.markRead("general", room?.cursor ?? 0);
    assert.equal(first.model().rooms.get("general")?.unread, 0);
    await secondSees.for("standing", () => second.model().rooms.get("general")?.unread === 0);
    assert.equal(second.model().rooms.get("general")?.unread, 0);
    await Promise.all([ana.close(), first.close(), second.close()]);
  }));

Deno.test("Rooms are created, joined and left, and the model follows", () =>
  withServer(async (server) => {
    const [ana, ben] = [await registered(server, "ana"), await registered(server, "ben")];
    const benSees = new Watch(ben);
    await ana.request({ type: "create", room: "ops" });
    await ana.say("ops", "before ben");
    await ben.request({ type: "join", room: "OPS" });
    assert.deepEqual([...ben.model().rooms.keys()], ["general", "ops"]);
    await benSees.text("ops", "before ben");
    assert.equal(ben.model().rooms.get("ops")?.unread, 0);
    await ana.say("ops", "after ben");
    await benSees.text("ops", "after ben");
    const { users } = await ben.request({ type: "who", room: "ops" });
    assert.deepEqual(users.map(({ username }) => username), ["ana", "ben"]);
    assert.equal(ben.model().presence.get("ana"), "online");
    await ben.request({ type: "leave", room: "ops" });
    assert.deepEqual([...ben.model().rooms.keys()], ["general"]);
    await assert.rejects(ben.say("ops", "hello?"), (error) =>
      error instanceof Refusal && error.code === "not_a_member");
    assert.deepEqual(
      benSees.of("gone").map(({ room }) =>
        room
      ),
      ["ops"],
    );
    await Promise.all([ana.close(), ben.close()]);
  }));

Deno.test("Joining on one terminal opens the room on the other, and so does leaving close it", () =>
  withServer(async (server) => {
    const ana = await registered(server, "ana");
    const ben = await registered(server, "ben");
    const other = await (await doorTo(server)).resume("ben");
    const otherSees = new Watch(other);
    await ana.request({ type: "create", room: "ops" });
    await ben.request({ type: "join", room: "ops" });
    await otherSees.for("entered", ({ room }) => room === "ops");
    await otherSees.for("caught_up", ({ room }) => room === "ops");
    assert.equal(otherSees.of("event").filter(({ room }) => room === "ops").length, 2);
    await ben.request({ type: "leave", room: "ops" });
    await otherSees.for("gone");
    assert.deepEqual([...other.model().rooms.keys()], ["general"]);
    await Promise.all([ana.close(), ben.close(), other.close()]);
  }));

Deno.test("A server that restarts is found again by itself, and nothing is lost or shown twice", () =>
  withServer(async (server) => {
    const [ana, ben] = [await registered(server, "ana"), await registered(server, "ben")];
    const [anaSees, benSees] = [new Watch(ana), new Watch(ben)];
    await ana.say("general", "before");
    await benSees.text("general", "before");
    await server.stop();
    await Promise.all([anaSees.for("lost"), benSees.for("lost")]);
    await assert.rejects(ana.request({ type: "who", room: "general" }), ConnectionLost);
    const saying = [ana.say("general", "during 1"), ana.say("general", "during 2")];
    await server.start();
    await Promise.all(saying);
    await ben.say("general", "after").catch(() => {});
    await Promise.all([anaSees.text("general", "after"), benSees.text("general", "after")]);
    assert.deepEqual(anaSees.texts("general"), benSees.texts("general"));
    assert.deepEqual(anaSees.texts("general").toSorted(), ["after", "before", "during 1", "during 2"]);
    assert.equal(anaSees.of("connected").length, 2);
    await Promise.all([ana.close(), ben.close()]);
  }));

Deno.test("What cannot be sent is refused at once and holds up nothing", () =>
  withServer(async (server) => {
    const ana = await registered(server, "ana");
    await assert.rejects(ana.say("general", ""), /The message is empty/);
    await assert.rejects(ana.say("general", "x".repeat(8_001)), /longer than 8000 characters/);
    await assert.rejects(ana.say("no room", "hi"), /must be a room name/);
    await ana.say("general", "hi");
    await ana.close();
    await assert.rejects(ana.say("general", "late"), ConnectionLost);
  }));
