import assert from "node:assert/strict";
import { Outbox } from "../../../server/hub/outbox.ts";
import { limits, toBytes } from "../../../shared/protocol/mod.ts";
import { manualClock } from "../../kit/manual_clock.ts";
import { TestSink, turn } from "../../kit/sink.ts";

function setUp(stalled: boolean = false) {
  const clock = manualClock();
  const sink = new TestSink();
  sink.stalled = stalled;
  const outbox = new Outbox(sink, clock);
  return { clock, sink, outbox };
}

const soft = limits.outboxSoftBytes, hard = limits.outboxHardBytes;

Deno.test("lines of one turn leave in one write", async () => {
  const { sink, outbox } = setUp();
  for (const line of ["a\n", "b\n", "c\n"]) outbox.push(toBytes(line));
  await turn();
  assert.deepEqual(sink.writes, ["a\nb\nc\n"]);
});

Deno.test("what comes while a write is under way is joined into the next one", async () => {
  const { sink, outbox } = setUp(true);
  outbox.push(toBytes("a\n"));
  await turn();
  outbox.push(toBytes("b\n"));
  outbox.push(toBytes("c\n"));
  await turn();
  assert.deepEqual(sink.writes, ["a\n"]);
  sink.release();
  await turn();
  outbox.push(toBytes("d\n"));
  await turn();
  assert.deepEqual(sink.writes, ["a\n", "b\nc\n", "d\n"]);
});

Deno.test("bytes that other readers share are handed on as they are", async () => {
  const written: Uint8Array[] = [];
  const outbox = new Outbox({
    write: (bytes) => {
      written.push(bytes);
      return Promise.resolve(bytes.length);
    },
    close: () => {},
    abort: () => {},
  }, manualClock());
  const shared = toBytes("a\n");
  outbox.push(shared);
  await turn();
  assert.equal(written[0], shared);
});

Deno.test("above the soft bound what is only momentary is dropped, and nothing else", async () => {
  const { sink, outbox } = setUp(true);
  outbox.push(toBytes("first\n"));
  await turn();
  outbox.push(new Uint8Array(soft - 2).fill(0x2e));
  outbox.pushMomentary(toBytes("p\n"));
  outbox.pushMomentary(toBytes("q\n"));
  outbox.push(toBytes("m\n"));
  sink.release();
  await turn();
  assert.equal(sink.writes[1]?.slice(soft - 2), "p\nm\n");
});

Deno.test("a reader with as much waiting as the hard bound stays, and with one byte more is cut off", async () => {
  const { clock, sink, outbox } = setUp(true);
  outbox.push(toBytes("first\n"));
  await turn();
  outbox.push(new Uint8Array(hard).fill(0x2e));
  assert.equal(outbox.ending, false);
  outbox.push(toBytes("\n"));
  assert.equal(outbox.ending, true);
  outbox.push(toBytes("too late\n"));
  sink.release();
  await turn();
  assert.equal(sink.writes.length, 2);
  assert.equal(JSON.parse(sink.writes[1] ?? "").code, "slow_consumer");
  assert.equal(sink.end, "closed");
  outbox.sweep(clock.monotonic() + 60_000);
  assert.equal(sink.end, "closed");
});

Deno.test("a reader that is cut off and still does not read is aborted after two seconds", async () => {
  const { clock, sink, outbox } = setUp(true);
  outbox.push(toBytes("first\n"));
  await turn();
  outbox.push(new Uint8Array(hard + 1));
  clock.advance(2_000);
  outbox.sweep(clock.monotonic());
  assert.equal(sink.end, "open");
  clock.advance(1);
  outbox.sweep(clock.monotonic());
  assert.equal(sink.end, "aborted");
  await turn();
  assert.deepEqual(sink.writes, ["first\n"]);
});

Deno.test("a write that stands still for more than ten seconds ends the connection", async () => {
  const { clock, sink, outbox } = setUp(true);
  outbox.push(toBytes("a\n"));
  await turn();
  clock.advance(limits.stalledWriteMs);
  outbox.sweep(clock.monotonic());
  assert.equal(sink.end, "open");
  clock.advance(1);
  outbox.sweep(clock.monotonic());
  assert.equal(sink.end, "aborted");
});

Deno.test("a reader who reads a little again and again is slow, but not stalled", async () => {
  const { clock, sink, outbox } = setUp(true);
  for (let times = 0; times < 5; times++) {
    outbox.push(toBytes(`${times}\n`));
    await turn();
    clock.advance(limits.stalledWriteMs - 1);
    outbox.sweep(clock.monotonic());
    sink.release();
    await turn();
    sink.stalled = true;
  }
  assert.equal(sink.end, "open");
  assert.equal(sink.writes.length, 5);
});

Deno.test("an end lets what waits leave, then the last line, then closes", async () => {
  const { sink, outbox } = setUp(true);
  outbox.push(toBytes("a\n"));
  await turn();
  outbox.push(toBytes("b\n"));
  outbox.end(toBytes("last\n"));
  outbox.end(toBytes("never\n"));
  outbox.push(toBytes("never\n"));
  assert.equal(sink.end, "open");
  sink.release();
  await turn();
  assert.deepEqual(sink.writes, ["a\n", "b\nlast\n"]);
  assert.equal(sink.end, "closed");
});

Deno.test("an end without a last line closes at once where nothing waits", () => {
  const { sink, outbox } = setUp();
  outbox.end();
  assert.equal(sink.end, "closed");
  outbox.abort();
  assert.equal(sink.end, "closed");
});

Deno.test("an end in the very turn of a line still lets it leave", async () => {
  const { sink, outbox } = setUp();
  outbox.push(toBytes("a\n"));
  outbox.end();
  await turn();
  assert.deepEqual([sink.writes, sink.end], [["a\n"], "closed"]);
});

Deno.test("a last line that does not leave within two seconds is given up", async () => {
  const { clock, sink, outbox } = setUp(true);
  outbox.push(toBytes("a\n"));
  await turn();
  outbox.end(toBytes("last\n"));
  clock.advance(2_001);
  outbox.sweep(clock.monotonic());
  assert.equal(sink.end, "aborted");
});

Deno.test("a write that fails leaves nothing waiting, and later lines go nowhere", async () => {
  const { clock, sink, outbox } = setUp(true);
  outbox.push(toBytes("a\n"));
  await turn();
  outbox.push(toBytes("b\n"));
  sink.fail();
  await turn();
  outbox.push(toBytes("c\n"));
  outbox.end(toBytes("d\n"));
  await turn();
  assert.deepEqual(sink.writes, ["a\n"]);
  assert.equal(outbox.ending, true);
  outbox.sweep(clock.monotonic() + 60_000);
});

Deno.test("whoever asks for much is asked to wait until the answers are on their way", async () => {
  const { sink, outbox } = setUp(true);
  outbox.push(toBytes("a\n"));
  assert.equal(outbox.relief(), undefined);
  await turn();
  outbox.push(new Uint8Array(soft));
  assert.equal(outbox.relief(), undefined);
  outbox.push(toBytes("b\n"));
  let relieved = false;
  const relief = outbox.relief()?.then(() => relieved = true);
  await turn();
  assert.equal(relieved, false);
  sink.release();
  await relief;
  assert.equal(outbox.relief(), undefined);
});

Deno.test("whoever waits for relief is let go when the connection ends instead", async () => {
  for (const end of ["fail", "abort", "cut off"] as const) {
    const { sink, outbox } = setUp(true);
    outbox.push(toBytes("a\n"));
    await turn();
    outbox.push(new Uint8Array(soft + 1));
    const relief = outbox.relief();
    if (end === "fail") sink.fail();
    else if (end === "abort") outbox.abort();
    else outbox.push(new Uint8Array(hard));
    await relief;
  }
});
