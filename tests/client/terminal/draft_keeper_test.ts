import assert from "node:assert/strict";
import { DraftKeeper } from "../../../client/terminal/draft_keeper.ts";
import { expect, general, tellHistory, withScene } from "../../kit/script.ts";
import { testWorld } from "../../kit/world.ts";

Deno.test("a line is kept when its writer pauses, moves with them, and is forgotten when it is taken away", () =>
  withScene({ world: testWorld(), rooms: [general(1)] }, async ({ peer, connection, sees }) => {
    await tellHistory(peer, 1, 1);
    const keeper = new DraftKeeper(connection);
    const told = async () => {
      const { id, room, text } = await expect(peer, "draft");
      const username = `after${id}`;
      await peer.say({ type: "ok", re: id }, { type: "typing", room: "general", username });
      await sees.for("typing", (typing) => typing.username === username);
      return [room, text];
    };
    keeper.look("general", "half");
    keeper.look("general", "half a sent");
    keeper.look("general", "half a sent");
    assert.deepEqual(await told(), ["general", "half a sent"]);
    keeper.look("general", "half a sent");
    keeper.look("ops", "half a sent");
    assert.deepEqual(await told(), ["general", ""]);
    keeper.look("ops", "half a sent");
    assert.deepEqual(await told(), ["ops", "half a sent"]);
    keeper.look("ops", "/quit");
    keeper.look("ops", "/quit");
    assert.deepEqual(await told(), ["ops", ""]);
  }));

Deno.test("what was sent is no draft any more, and what another device keeps is found", () =>
  withScene({ world: testWorld(), rooms: [general(1)] }, async ({ peer, connection, server }) => {
    await tellHistory(peer, 1, 1);
    const keeper = new DraftKeeper(connection);
    const finding = keeper.find("general");
    const { id } = await expect(peer, "drafts");
    const drafts = [{ room: "general", thread: 1, text: "of a thread", time: 2 }, {
      room: "general",
      text: "kept",
      time: 1,
    }];
    await peer.say({ type: "drafts", re: id, drafts, more: false });
    assert.equal(await finding, "kept");
    keeper.look("general", "kept");
    keeper.look("general", "kept");
    keeper.sent();
    keeper.look("general", "");
    assert.equal(server.heard.filter(({ type }) => type === "draft").length, 0);
  }));
