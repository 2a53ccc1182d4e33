import assert from "node:assert/strict";
import { limits } from "../../../shared/protocol/mod.ts";
import { lineOf } from "../../kit/lines.ts";
import { SessionBench } from "../../kit/sessions.ts";
import { turn } from "../../kit/sink.ts";

const join = { type: "join", id: "j", room: "general" };

Deno.test("a stranger is greeted, may ask for the authority, ping and quit, and nothing else", async () => {
  const stranger = new SessionBench().connect();
  await stranger.hears({ type: "authority", id: "1" }, { type: "ping", id: "2" }, join, {
    type: "quit",
    id: "3",
  });
  assert.deepEqual(stranger.codes, ["auth_required", "authority", "pong", "not_authenticated", "ok"]);
  assert.equal(stranger.sink.frames[1].pem, "the authority");
  assert.equal(stranger.sink.end, "closed");
});

Deno.test("what is sent together with a login is meant for the session that it opens", async () => {
  const bench = new SessionBench();
  const { token } = await bench.newcomer("ana");
  const connection = bench.connect();
  await connection.hears({ type: "resume", id: "1", token }, join, {
    type: "send",
    id: "2",
    room: "general",
    text: "hi",
  });
  assert.deepEqual(connection.codes, ["auth_required", "auth_success", "ok", "ok"]);
});

Deno.test("the longer lines of a session are allowed from its first line on", async () => {
  const bench = new SessionBench();
  const { token } = await bench.newcomer("ana");
  const { session } = bench.connect();
  assert.equal(session.lineBytesMax, limits.strangerLineBytes);
  const opened = Promise.resolve(session.receive(lineOf({ type: "resume", id: "1", token })));
  const bytesMax = opened.then(() => session.lineBytesMax);
  await turn();
  await bench.settle();
  assert.equal(await bytesMax, limits.memberLineBytes);
});

Deno.test("one connection has one session, however fast a second login comes", async () => {
  const bench = new SessionBench();
  const ana = await bench.newcomer("ana"), ben = await bench.newcomer("ben");
  const connection = bench.connect();
  await connection.hears({ type: "resume", id: "1", token: ana.token }, {
    type: "resume",
    id: "2",
    token: ben.token,
  });
  assert.deepEqual(connection.codes, ["auth_required", "auth_success", "already_authenticated"]);
  assert.equal(ben.guest.account.sessions.size, 1);
});

Deno.test("a stranger may try ten times more, and is let go after the last", async () => {
  const stranger = new SessionBench().connect();
  for (let tries = 1; tries <= 11; tries++) {
    assert.equal(stranger.sink.end, "open");
    await stranger.hears({ type: "resume", id: String(tries), token: "wrong" });
  }
  assert.deepEqual(stranger.codes.slice(1), Array(11).fill("token_invalid"));
  assert.equal(stranger.sink.end, "closed");
});

Deno.test("what cannot be stored opens no session, and the stranger may try again", async () => {
  const bench = new SessionBench();
  const { token } = await bench.newcomer("ana");
  bench.store.close();
  const stranger = bench.connect();
  await stranger.hears({ type: "ping", id: "1" }, { type: "resume", id: "2", token });
  assert.deepEqual(stranger.codes, ["auth_required", "pong", "internal"]);
  assert.equal(stranger.sink.end, "open");
});

Deno.test("a mistake of the server is told as one, without its reason, and logged with it", async () => {
  const bench = new SessionBench();
  const ana = await bench.guest("ana");
  bench.store.close();
  await ana.hears({ type: "history", id: "7", room: "general" });
  const { re, code, message } = ana.sink.frames.at(-1);
  assert.deepEqual([re, code], ["7", "internal"]);
  assert.doesNotMatch(message, /database|statement/);
  assert.match(bench.world.lines.at(-1) ?? "", /request_failed.*(database|statement)/);
});

Deno.test("after quit nothing is heard any more", async () => {
  const bench = new SessionBench();
  const ana = await bench.guest("ana");
  await ana.hears({ type: "quit", id: "q" }, { type: "send", id: "s", room: "general", text: "too late" });
  assert.deepEqual(ana.codes.slice(-2), ["auth_success", "ok"]);
  assert.equal(ana.sink.end, "closed");
  assert.equal(bench.hub.rooms.named("general")?.seq, 1);
});

Deno.test("bytes that are no text end a connection, and what comes after them is not heard", async () => {
  const bench = new SessionBench();
  const ana = await bench.guest("ana");
  await ana.hears(Uint8Array.of(0xff), { type: "send", id: "s", room: "general", text: "too late" });
  assert.deepEqual([ana.codes.at(-1), ana.sink.end], ["bad_frame", "closed"]);
  assert.equal(bench.hub.rooms.named("general")?.seq, 1);
});

Deno.test("a session that is revoked is heard no more, even while its goodbye waits for a reader", async () => {
  const bench = new SessionBench();
  const first = await bench.newcomer("ana");
  const thief = bench.connect();
  await thief.hears({ type: "resume", id: "1", token: first.token });
  const { token } = thief.sink.frames.at(-1);
  await bench.comeBack(token);
  thief.sink.stalled = true;
  await thief.hears({ type: "ping", id: "2" });
  const again = bench.connect();
  await again.hears({ type: "resume", id: "1", token: first.token });
  assert.equal(again.codes.at(-1), "token_invalid");
  await thief.hears({ type: "send", id: "s", room: "general", text: "still here" });
  assert.equal(bench.hub.rooms.named("general")?.seq, 1);
  thief.sink.release();
  await bench.settle();
  assert.deepEqual([thief.codes.at(-1), thief.sink.end], ["revoked", "closed"]);
});

Deno.test("a stranger who asks for nothing is let go after 15 seconds", async () => {
  const stranger = new SessionBench().connect();
  await stranger.passes(10_000);
  await stranger.hears({ type: "ping", id: "1" }, "rubbish");
  await stranger.passes(5_000);
  assert.equal(stranger.sink.end, "open");
  await stranger.passes(1_000);
  assert.deepEqual([stranger.codes.at(-1), stranger.sink.end], ["auth_timeout", "closed"]);
});

Deno.test("each answer to a login gives the stranger two minutes more", async () => {
  const stranger = new SessionBench().connect();
  for (let times = 0; times < 3; times++) {
    await stranger.passes(times === 0 ? 14_000 : 119_000);
    await stranger.hears({ type: "resume", id: "1", token: "wrong" });
  }
  await stranger.passes(120_000);
  assert.equal(stranger.sink.end, "open");
  await stranger.passes(1_000);
  assert.deepEqual([stranger.codes.at(-1), stranger.sink.end], ["auth_timeout", "closed"]);
});

Deno.test("a guest who is silent for 30 seconds is pinged, and gone after 45 more", async () => {
  const ana = await new SessionBench().guest("ana");
  await ana.passes(30_000);
  assert.equal(ana.codes.at(-1), "auth_success");
  await ana.passes(1_000);
  assert.equal(ana.codes.at(-1), "ping");
  await ana.passes(45_000);
  assert.deepEqual([ana.codes.at(-1), ana.sink.end], ["ping", "open"]);
  await ana.passes(1_000);
  assert.deepEqual([ana.codes.at(-1), ana.sink.end], ["idle", "closed"]);
});

Deno.test("any line of a guest is a sign of life", async () => {
  const ana = await new SessionBench().guest("ana");
  let pings = 0;
  for (const line of [{ type: "pong" }, { type: "ping", id: "1" }, "rubbish"]) {
    await ana.passes(31_000);
    pings++;
    await ana.passes(44_000);
    await ana.hears(line);
    await ana.passes(29_000);
    assert.equal(ana.codes.filter((code) => code === "ping").length, pings);
    assert.equal(ana.sink.end, "open");
    await ana.hears({ type: "pong" });
  }
});

Deno.test("whoever is too fast is told to wait, and ended after ten seconds of it", async () => {
  const ana = await new SessionBench({ paced: true }).guest("ana");
  const burst = Array.from({ length: 60 }, (_, at) => ({ type: "ping", id: String(at) }));
  await ana.floods(...burst);
  const refused = ana.sink.frames.filter(({ code }) => code === "rate_limited");
  assert.equal(refused.length, 60 + 1 - limits.requestBurst, "the login counts too");
  assert.ok(refused.every(({ re, retryAfterMs }) => re !== undefined && retryAfterMs > 0));
  for (let seconds = 0; seconds < 11; seconds++) {
    assert.equal(ana.sink.end, "open");
    await ana.passes(1_000);
    await ana.floods(...burst);
  }
  await ana.passes(1_000);
  assert.deepEqual([ana.codes.at(-1), ana.sink.end], ["flood", "closed"]);
});

Deno.test("rubbish counts towards the pace, and a stranger who floods is let go without a word", async () => {
  const stranger = new SessionBench({ paced: true }).connect();
  const rubbish = Array.from({ length: 60 }, () => "rubbish");
  await stranger.hears({ type: "resume", id: "1", token: "wrong" });
  for (let seconds = 0; seconds <= 11; seconds++) {
    await stranger.floods(...rubbish);
    await stranger.passes(1_000);
  }
  assert.deepEqual([stranger.codes.at(-1), stranger.sink.end], ["rate_limited", "closed"]);
});

Deno.test("whoever is too fast is heard again no sooner than their next request can be granted", async () => {
  const bench = new SessionBench({ paced: true });
  const ana = await bench.guest("ana");
  const ping = lineOf({ type: "ping", id: "1" });
  let hold: void | Promise<void> = undefined;
  for (let count = 0; count < limits.requestBurst; count++) hold = ana.session.receive(ping);
  let heard = false;
  void Promise.resolve(hold).then(() => heard = true);
  await ana.passes(1_000 / limits.requestsPerSecond - 1);
  assert.equal(heard, false);
  await ana.passes(2);
  assert.equal(heard, true);
});

Deno.test("whoever asks for more than they read is not heard until they have read", async () => {
  const bench = new SessionBench();
  const ana = await bench.guest("ana");
  for (let count = 0; count < 20; count++) {
    await ana.hears({ type: "send", id: "s", room: "general", text: "😀".repeat(8_000) });
  }
  const page = lineOf({ type: "history", id: "h", room: "general", limit: 200 });
  ana.sink.stalled = true;
  assert.equal(ana.session.receive(page), undefined);
  await bench.settle();
  assert.equal(ana.session.receive(page), undefined);
  const wait = ana.session.receive(page);
  assert.ok(wait instanceof Promise);
  ana.sink.release();
  await wait;
  await bench.settle();
  assert.equal(ana.sink.frames.filter(({ type }) => type === "history").length, 3);
  assert.equal(ana.sink.end, "open");
});

Deno.test("a session that has ended has left the room, however often its end is told", async () => {
  const bench = new SessionBench();
  const ana = await bench.guest("ana"), ben = await bench.newcomer("ben");
  bench.clock.advance(250);
  await bench.settle();
  for (let times = 0; times < 2; times++) {
    bench.sessions.ended(ana.session);
    bench.clock.advance(250);
    await bench.settle();
  }
  const heard = ben.heard.filter(({ type }) => type === "presence").map(({ status }) => status);
  assert.deepEqual(heard, ["online", "offline"]);
});

Deno.test("whoever is only told to wait has no more time for it, and whoever was heard has", async () => {
  const bench = new SessionBench();
  const guess = { type: "login", username: "ana", password: "not this one at all" };
  const guesser = bench.connect();
  for (let count = 0; count < limits.failuresFree + 4; count++) {
    bench.clock.advance(10_000);
    await guesser.asks(guess);
  }
  const [told, heard] = [bench.connect(), bench.connect()];
  assert.equal((await told.asks(guess)).code, "rate_limited");
  assert.equal((await heard.asks({ ...guess, username: "ben" })).code, "auth_failed");
  await told.passes(limits.earnestMs + 1_001);
  assert.deepEqual([told.session.isSpare(), heard.session.isSpare()], [true, true]);
  await told.asks(guess);
  assert.equal(told.session.isSpare(), true);
  await told.passes(limits.firstAuthenticationMs + 1_001);
  assert.deepEqual([told.sink.end === "open", heard.sink.end], [false, "open"]);
});

Deno.test("the sessions of one account share a pace, and another account has its own", async () => {
  const bench = new SessionBench({ paced: true });
  const ana = await bench.guest("ana"), ben = await bench.guest("ben");
  const sessions = [ana];
  for (let count = 1; count < 8; count++) sessions.push(await bench.resumed(sessions.at(-1)?.token ?? ""));
  for (const session of sessions) {
    await session.floods(...Array.from({ length: 35 }, () => ({ type: "ping", id: "p" })));
  }
  const pongs = sessions.flatMap(({ codes }) => codes).filter((code) => code === "pong").length;
  assert.equal(pongs, limits.accountRequestBurst);
  assert.equal((await ben.asks({ type: "ping" })).type, "pong");
});
