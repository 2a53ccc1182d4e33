import assert from "node:assert/strict";
import { join } from "node:path";
import { ConnectionLost } from "../../../client/connection/mod.ts";
import { Refusal } from "../../../shared/protocol/mod.ts";
import { doorTo, registered } from "../../kit/client.ts";
import { withServer } from "../../kit/server.ts";
import { Watch } from "../../kit/watch.ts";
import { testWorld } from "../../kit/world.ts";

Deno.test("What a closed connection has left behind is sent by the next one, before all else", () =>
  withServer(async (server) => {
    const first = await registered(server, "ana");
    const sees = new Watch(first);
    await server.stop();
    await sees.for("lost");
    const saying = ["one", "two"].map((text) => assert.rejects(first.say("general", text), ConnectionLost));
    await first.close();
    await Promise.all(saying);
    assert.equal(first.isOutboxKept(), true);
    await server.start();
    const second = await (await doorTo(server, testWorld({ seed: 2 }))).resume("ana");
    const secondSees = new Watch(second);
    const { sending, tooOld } = second.takeLeftovers();
    assert.deepEqual([sending.map(({ text }) => text), tooOld], [["one", "two"], []]);
    const three = second.say("general", "three");
    const [sentOne, sentTwo] = await Promise.all(sending.map(({ answer }) => answer));
    const places = [sentOne, sentTwo, await three].map((sent) => sent?.seq ?? 0);
    assert.deepEqual(places, places.toSorted((one, other) => one - other));
    await secondSees.text("general", "three");
    assert.deepEqual(secondSees.texts("general"), ["one", "two", "three"]);
    await second.close();
  }));

Deno.test("What the server refuses of it is not kept any longer", () =>
  withServer(async (server) => {
    const first = await registered(server, "ana");
    const sees = new Watch(first);
    await first.request({ type: "create", room: "ops" });
    await server.stop();
    await sees.for("lost");
    const saying = assert.rejects(first.say("ops", "hello?"), ConnectionLost);
    await first.close();
    await saying;
    await server.start();
    using elsewhere = await server.connect();
    await elsewhere.login("ana");
    await elsewhere.ask({ type: "leave", room: "ops" });
    for (const left of [1, 0]) {
      const next = await (await doorTo(server)).resume("ana");
      const { sending } = next.takeLeftovers();
      assert.equal(sending.length, left);
      for (const { answer } of sending) {
        await assert.rejects(answer, (error) => error instanceof Refusal && error.code === "not_a_member");
      }
      await next.close();
    }
  }));

Deno.test("Where the disk keeps nothing, messages are sent all the same, and the person hears of it once", () =>
  withServer(async (server) => {
    const ana = await registered(server, "ana");
    const sees = new Watch(ana);
    Deno.writeTextFileSync(join(server.data, "client", "outbox"), "in the way");
    for (const text of ["one", "two"]) await ana.say("general", text);
    await sees.text("general", "two");
    assert.deepEqual(sees.of("unkept").length, 1);
    assert.match(sees.of("unkept")[0]?.reason ?? "", /^Cannot use directory .*outbox/);
    await ana.close();
  }));
