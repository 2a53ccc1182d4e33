import assert from "node:assert/strict";
import { join } from "node:path";
import { ConnectionLost } from "../../../client/connection/mod.ts";
import { manualClock } from "../../kit/manual_clock.ts";
import { expect, general, tellHistory, welcome, withScene } from "../../kit/script.ts";
import { hello, scriptedServer } from "../../kit/scripted_server.ts";
import { testWorld } from "../../kit/world.ts";

Deno.test("A message whose `ok` was lost is sent again with the same nonce, before the later ones, and shown once", () => {
  const clock = manualClock();
  return withScene({ world: testWorld({ clock }), rooms: [general(0)] }, async (scene) => {
    const { server, peer, connection, sees } = scene;
    await tellHistory(peer, 1, 0);
    const saying = [connection.say("general", "first"), connection.say("general", "second")];
    const lost = await expect(peer, "send");
    peer.hangUp();
    await sees.for("lost");
    clock.advance(1_000);
    const next = await server.accept();
    await next.say(hello);
    await welcome(next, "resume", [general(1)]);
    const answers = new Map([["history", 0], ["send", 0]]);
    for (let requests = 0; requests < 3; requests++) {
      const heard = await next.hear();
      const type = heard?.type ?? "";
      answers.set(type, (answers.get(type) ?? 0) + 1);
      if (heard?.type === "history") {
        const first = { type: "message", seq: 1, time: 1, from: "ana", text: "first" } as const;
        await next.say({ type: "history", re: heard.id, room: "general", messages: [first], more: false });
      } else if (heard !== undefined) {
        const again = heard.text === "first";
        assert.equal(heard.nonce === lost.nonce, again);
        await next.say({ type: "ok", re: heard.id, room: "general", seq: again ? 1 : 2, time: 1 });
      }
    }
    assert.deepEqual((await Promise.all(saying)).map(({ seq }) => seq), [1, 2]);
    await sees.text("general", "second");
    assert.deepEqual(sees.texts("general"), ["first", "second"]);
    assert.deepEqual([...answers], [["history", 1], ["send", 2]]);
  });
});

Deno.test("A message that is refused for now is sent again in its turn", () => {
  const clock = manualClock();
  return withScene({ world: testWorld({ clock }), rooms: [] }, async ({ peer, connection, sees }) => {
    const saying = [connection.say("general", "first"), connection.say("general", "second")];
    const { id } = await expect(peer, "send");
    await peer.say({ type: "error", re: id, code: "rate_limited", message: "Slow down", retryAfterMs: 400 });
    assert.equal((await sees.for("waiting")).retryInMs, 400);
    clock.advance(400);
    for (const [text, seq] of [["first", 1], ["second", 2]] as const) {
      const heard = await expect(peer, "send");
      assert.equal(heard.text, text);
      await peer.say({ type: "ok", re: heard.id, room: "general", seq, time: 1 });
      if (seq === 1) await tellHistory(peer, 1, 0).catch(() => {});
    }
    await Promise.all(saying);
  });
});

Deno.test("A server that stops says when to come back, and is not asked before", () => {
  const clock = manualClock();
  return withScene({ world: testWorld({ clock }), rooms: [] }, async ({ peer, sees }) => {
    await peer.say({ type: "bye", code: "shutting_down", message: "The server stops", retryAfterMs: 20_000 });
    const { reason, retryInMs } = await sees.for("lost");
    assert.equal(reason, "The server stops");
    assert.ok(retryInMs >= 20_000 && retryInMs < 21_000, String(retryInMs));
  });
});

Deno.test("A login that was revoked ends the connection for good, and its token is forgotten", () =>
  withScene({ world: testWorld(), rooms: [] }, async ({ directory, peer, connection, sees }) => {
    const saying = connection.say("general", "hi");
    await expect(peer, "send");
    await peer.say({ type: "bye", code: "revoked", message: "This login was ended" });
    assert.deepEqual(await sees.for("ended"), {
      kind: "ended",
      reason: "This login was ended",
      code: "revoked",
    });
    await assert.rejects(saying, ConnectionLost);
    await connection.close();
    const saved = Deno.readTextFileSync(join(directory, "client-data", "client", "tokens.json"));
    assert.deepEqual(JSON.parse(saved), []);
  }));

Deno.test("A token that is refused at a reconnect ends the connection, since only a person has the password", () => {
  const clock = manualClock();
  return withScene({ world: testWorld({ clock }), rooms: [] }, async ({ server, peer, sees }) => {
    peer.hangUp();
    await sees.for("lost");
    clock.advance(1_000);
    const next = await server.accept();
    await next.say(hello);
    const { id } = await expect(next, "resume");
    await next.say({ type: "error", re: id, code: "token_invalid", message: "Log in again" });
    assert.equal((await sees.for("ended")).code, "token_invalid");
  });
});

Deno.test("A server that has another identity at a reconnect is not told the token, and that is the end", () => {
  const clock = manualClock();
  return withScene({ world: testWorld({ clock }), rooms: [] }, async ({ directory, server, sees }) => {
    await server[Symbol.asyncDispose]();
    await sees.for("lost");
    await using impostor = await scriptedServer({
      directory: join(directory, "impostor"),
      port: server.address.port,
      talk: async (peer) => {
        await peer.say(hello);
        await peer.hear();
      },
    });
    clock.advance(1_000);
    const { reason = "" } = await sees.for("ended");
    assert.match(reason, /^STOP\. .* is not the one that was trusted before/);
    assert.match(reason, /Nothing was sent to it: no name, password, token or invite\./);
    assert.deepEqual(impostor.heard, []);
  });
});

Deno.test("A server that cannot be reached is tried again and again, ever less often", () => {
  const clock = manualClock();
  return withScene({ world: testWorld({ clock }), rooms: [] }, async ({ server, sees }) => {
    await server[Symbol.asyncDispose]();
    for (let tries = 1; tries <= 7; tries++) {
      await sees.for("lost", () => sees.of("lost").length === tries);
      const { reason = "", retryInMs = 0 } = sees.of("lost").at(-1) ?? {};
      if (tries > 1) assert.match(reason, /^Nobody answers at 127\.0\.0\.1/);
      assert.ok(retryInMs <= 30_000);
      clock.advance(retryInMs);
    }
    const waits = sees.of("lost").map(({ retryInMs }) => retryInMs);
    waits.forEach((wait, at) => assert.ok(wait >= Math.min(30_000, 1_000 * 2 ** at) / 2, waits.join(" ")));
  });
});

Deno.test("A server that falls silent is pinged, and left after 75 seconds", () => {
  const clock = manualClock();
  return withScene({ world: testWorld({ clock }), rooms: [] }, async ({ server, sees }) => {
    clock.advance(74_000);
    assert.equal(sees.of("lost").length, 0);
    clock.advance(6_000);
    assert.equal((await sees.for("lost")).reason, "the server fell silent");
    assert.equal(server.heard.filter(({ type }) => type === "ping").length <= 2, true);
  });
});

Deno.test("The server's ping is answered", () =>
  withScene({ world: testWorld(), rooms: [] }, async ({ server, peer, connection, sees }) => {
    await peer.say({ type: "ping" }, { type: "presence", username: "ben", status: "online" });
    await sees.for("presence");
    const asking = connection.request({ type: "rooms" });
    const { id } = await expect(peer, "rooms");
    await peer.say({ type: "rooms", re: id, rooms: [], more: false });
    await asking;
    assert.ok(server.heard.some(({ type }) => type === "pong"));
  }));

Deno.test("Who is there is news when it changes, and none when it was asked for", () =>
  withScene({ world: testWorld(), rooms: [] }, async ({ peer, connection, sees }) => {
    const asking = connection.request({ type: "who", room: "general" });
    const { id } = await expect(peer, "who");
    const users = [{ username: "ben", status: "online" }, { username: "eve", status: "offline" }] as const;
    await peer.say({ type: "who", re: id, room: "general", users, more: false });
    await asking;
    assert.deepEqual([...connection.model().presence], [["ben", "online"], ["eve", "offline"]]);
    await peer.say({ type: "presence", username: "eve", status: "online" });
    await sees.for("presence");
    assert.deepEqual(sees.of("presence").map(({ username }) => username), ["eve"]);
  }));

Deno.test("A request that is not answered in thirty seconds ends the session", () => {
  const clock = manualClock();
  return withScene({ world: testWorld({ clock }), rooms: [] }, async ({ peer, connection, sees }) => {
    const asking = connection.request({ type: "rooms" });
    await expect(peer, "rooms");
    clock.advance(30_000);
    await assert.rejects(asking, ConnectionLost);
    assert.equal((await sees.for("lost")).reason, "the server does not answer any more");
  });
});

Deno.test("A server that sends no frames, or a line without an end, is left", async () => {
  for (const nonsense of ['{"type":7}\n', "nonsense\n", "x".repeat(600_000)]) {
    await withScene({ world: testWorld({ clock: manualClock() }), rooms: [] }, async ({ peer, sees }) => {
      await peer.sayRaw(nonsense).catch(() => {});
      assert.equal((await sees.for("lost")).reason, "the server does not keep to the protocol");
    });
  }
});

Deno.test("A new role and an alert are told, and the role is in the model by then", () =>
  withScene({ world: testWorld(), rooms: [] }, async ({ peer, connection, sees }) => {
    await peer.say(
      { type: "role", role: "admin" },
      { type: "alert", about: "new_login", device: "phone", time: 7 },
    );
    assert.equal((await sees.for("role")).role, "admin");
    assert.equal(connection.model().me.role, "admin");
    assert.deepEqual(await sees.for("alert"), {
      kind: "alert",
      about: "new_login",
      device: "phone",
      time: 7,
    });
  }));

Deno.test("While a session is confined, messages wait and rooms stay; a renewed one sends them", () =>
  withScene({ world: testWorld(), rooms: [general(0)] }, async ({ server, peer, connection, sees }) => {
    await tellHistory(peer, 1, 0);
    await sees.for("caught_up");
    await peer.say({ type: "bye", code: "two_factor_required", message: "Two-factor is demanded now" });
    const confined = await server.accept();
    await confined.say(hello);
    await welcome(confined, "resume", [], { confined: true });
    await sees.for("connected", () => connection.model().me.isConfined === true);
    const saying = connection.say("general", "kept");
    const renewing = connection.renew();
    const { id } = await expect(confined, "quit");
    await confined.say({ type: "ok", re: id });
    const full = await server.accept();
    await full.say(hello);
    await welcome(full, "resume", [general(0, { state: "current" })]);
    await renewing;
    const sent = await expect(full, "send");
    await full.say({ type: "ok", re: sent.id, room: "general", seq: 1, time: 1 });
    assert.equal((await saying).seq, 1);
    assert.equal(sees.of("gone").length, 0);
    assert.equal(connection.model().me.isConfined, undefined);
  }));
