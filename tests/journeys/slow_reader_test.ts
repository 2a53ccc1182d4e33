import assert from "node:assert/strict";
import type { JumpingClock } from "../kit/jumping_clock.ts";
import type { Frame, LineClient } from "../kit/line_client.ts";
import { withServerAndClock } from "../kit/server.ts";
import { established } from "../kit/sockets.ts";

const text = "😀".repeat(8_000);

/** Talks until `reader`, who does not read, is gone: how much the kernels hold back for one differs. */
async function talkUntilGone(speaker: LineClient, reader: string, clock: JumpingClock): Promise<void> {
  const isGone = ({ username, status }: Frame) => username === reader && status === "offline";
  for (let batches = 0; batches < 200 && !speaker.pending().some(isGone); batches++) {
    await Promise.all(Array.from({ length: 16 }, () => speaker.send("general", text)));
    // More than the last line of somebody who is cut off has to leave.
    clock.advance(4_000);
  }
}

function portOf(client: LineClient): number {
  return client.conn.localAddr.port;
}

Deno.test("a reader who stands still is cut off and its socket freed, while others hear everything", () =>
  withServerAndClock(async (server, clock) => {
    using ana = await server.register("ana");
    using ben = await server.register("ben");
    using slow = await server.register("slow");
    await ana.hearPresence("slow");
    slow.stopReading();
    const { seq: first } = await ana.send("general", "begin");
    await talkUntilGone(ana, "slow", clock);
    const { seq: last } = await ana.send("general", "end");
    for (let seq = first; seq <= last; seq++) {
      assert.equal((await ben.hearWhere((frame) => frame.seq === seq)).type, "message");
    }
    assert.equal((await ana.hearPresence("slow")).status, "offline");
    assert.equal(established(server.port, portOf(slow)), 0);
    assert.equal(established(server.port, portOf(ben)), 1);

    using back = await server.connect();
    const welcome = await back.ask({ type: "resume", token: slow.token, cursors: { general: first - 1 } });
    assert.deepEqual(welcome.rooms.map(({ seq, state }: Record<string, unknown>) => [seq, state]), [[
      last,
      "behind",
    ]]);
  }));

Deno.test("a stop waits for a reader who stands still, but not for long", () =>
  withServerAndClock(async (server, clock) => {
    using ana = await server.register("ana");
    using slow = await server.register("slow");
    slow.stopReading();
    // As much as the kernels hold back, so that the goodbye cannot leave; and less than cuts a reader off.
    for (let count = 0; count < 250; count++) await ana.send("general", text);
    const stopped = server.stop();
    assert.equal((await ana.hearWhere(({ type }) => type === "bye")).code, "shutting_down");
    clock.advance(5_001);
    await stopped;
    assert.equal(established(server.port, portOf(slow)), 0);
  }));

Deno.test("a fast reader may ask for many pages at once", () =>
  withServerAndClock(async (server) => {
    using ana = await server.register("ana");
    await Promise.all(Array.from({ length: 10 }, () => ana.send("general", text)));
    const pages = Array.from({ length: 40 }, () => ana.ask({ type: "history", room: "general", limit: 200 }));
    for (const page of await Promise.all(pages)) assert.equal(page.messages.length, 8);
    assert.deepEqual(ana.pending(), []);
  }));
