import assert from "node:assert/strict";
import { Guessing, Passwords, Sessions } from "../../../server/sessions/mod.ts";
import { TestHub } from "../../kit/hub.ts";
import { lineOf } from "../../kit/lines.ts";
import { TestSink } from "../../kit/sink.ts";

function setUp() {
  const bench = new TestHub();
  const sessions = new Sessions({
    world: bench.world,
    hub: bench.hub,
    passwords: new Passwords(bench.world, true),
    guessing: new Guessing(bench.hub, true, () => Infinity),
    connectionsMax: 1_000,
    authorityPem: "",
    paced: false,
    serverName: () => "Test",
    greeting: () => ({
      type: "auth_required",
      protocol: 1,
      server: "test",
      name: "Test",
      methods: [],
      registration: "open",
      limits: { line: 1, text: 1 },
    }),
  });

  /** A sink whose end is told to the sessions, as a door tells it. */
  async function connect(token?: string): Promise<TestSink> {
    const sink = new TestSink();
    const hooks = { ended: () => {} };
    const session = sessions.open({
      write: (bytes) => sink.write(bytes),
      close: () => {
        sink.close();
        hooks.ended();
      },
      abort: () => {
        sink.abort();
        hooks.ended();
      },
    }, { address: "192.0.2.1", byCookie: false });
    hooks.ended = () => sessions.ended(session);
    if (token !== undefined) {
      const opened = session.receive(lineOf({ type: "resume", id: "1", token }));
      await bench.settle();
      await opened;
    }
    await bench.settle();
    return sink;
  }
  return { bench, sessions, connect };
}

Deno.test("when the server stops, guests are told, strangers are not, and all are let go", async () => {
  const { bench, sessions, connect } = setUp();
  const { token } = await bench.newcomer("ana");
  const guest = await connect(token), stranger = await connect();
  const closed = sessions.close(5_000);
  await closed;
  const { type, code, retryAfterMs } = guest.frames.at(-1);
  assert.deepEqual([type, code], ["bye", "shutting_down"]);
  assert.ok(retryAfterMs >= 500 && retryAfterMs <= 3_000);
  assert.equal(stranger.frames.at(-1).type, "auth_required");
  assert.deepEqual([guest.end, stranger.end], ["closed", "closed"]);
});

Deno.test("what was decided before the stop is stored and told before the goodbye", async () => {
  const { bench, sessions, connect } = setUp();
  const ana = await bench.newcomer("ana"), ben = await bench.newcomer("ben");
  const guest = await connect(ana.token);
  ben.say({ type: "send", room: "general", text: "last words" });
  await sessions.close(5_000);
  assert.deepEqual(guest.frames.slice(-2).map(({ type, text }) => text ?? type), ["last words", "bye"]);
});

Deno.test("a reader that stands still holds the stop up until the grace is over, and no longer", async () => {
  const { bench, sessions, connect } = setUp();
  const { token } = await bench.newcomer("ana");
  const guest = await connect(token);
  guest.stalled = true;
  bench.hub.presence.changed(bench.hub.accounts.withId(1));
  const other = await bench.newcomer("ben");
  await other.ask({ type: "send", room: "general", text: "unread" });
  const closed = sessions.close(5_000);
  bench.clock.advance(4_999);
  assert.equal(guest.end, "open");
  bench.clock.advance(1);
  await closed;
  assert.equal(guest.end, "aborted");
});

Deno.test("whoever comes while the server stops is sent away, and without anybody it stops at once", async () => {
  const { sessions, connect } = setUp();
  await sessions.close(5_000);
  const late = await connect();
  assert.equal(late.end, "aborted");
  assert.deepEqual(late.frames, []);
});
