import assert from "node:assert/strict";
import { FanOut } from "../../../server/hub/fan_out.ts";
import { Outbox } from "../../../server/hub/outbox.ts";
import { Room } from "../../../server/hub/room.ts";
import { manualClock } from "../../kit/manual_clock.ts";
import { TestSink, turn } from "../../kit/sink.ts";

function room(id: number = 1): Room {
  return new Room({
    id,
    name: `room-${id}`,
    kind: "standard",
    access: "public",
    topic: undefined,
    description: undefined,
    archived: false,
    retentionMs: undefined,
    held: false,
    creatorId: undefined,
  }, 0);
}

function reader(...rooms: readonly Room[]): { sink: TestSink; outbox: Outbox } {
  const sink = new TestSink();
  const outbox = new Outbox(sink, manualClock());
  for (const each of rooms) each.attached.add(outbox);
  return { sink, outbox };
}

Deno.test("everybody in a room gets every line in its order, in one write", async () => {
  const here = room();
  const ana = reader(here), ben = reader(here), outside = reader();
  const fanOut = new FanOut();
  for (const line of ["1\n", "2\n", "3\n"]) fanOut.tell(here, line);
  await turn();
  assert.deepEqual(ana.sink.writes, []);
  fanOut.flush();
  await turn();
  for (const { sink } of [ana, ben]) assert.deepEqual(sink.writes, ["1\n2\n3\n"]);
  assert.deepEqual(outside.sink.writes, []);
});

Deno.test("each author gets answers in the place of the lines that it caused", async () => {
  const here = room();
  const ana = reader(here), ben = reader(here), cleo = reader(here);
  const fanOut = new FanOut();
  fanOut.tell(here, "a1\n", ana.outbox, "ok a1\n");
  fanOut.tell(here, "b1\n", ben.outbox, "ok b1\n");
  fanOut.tell(here, "a2\n", ana.outbox, "ok a2\n");
  fanOut.flush();
  await turn();
  assert.deepEqual(ana.sink.writes, ["ok a1\nb1\nok a2\n"]);
  assert.deepEqual(ben.sink.writes, ["a1\nok b1\na2\n"]);
  assert.deepEqual(cleo.sink.writes, ["a1\nb1\na2\n"]);
});

Deno.test("an author who is not in the room hears the answers alone", async () => {
  const here = room();
  const ana = reader(here), gone = reader();
  const fanOut = new FanOut();
  fanOut.tell(here, "left\n", gone.outbox, "ok\n");
  fanOut.tell(here, "later\n");
  fanOut.flush();
  await turn();
  assert.deepEqual(gone.sink.writes, ["ok\n"]);
  assert.deepEqual(ana.sink.writes, ["left\nlater\n"]);
});

Deno.test("a room's lines are flushed for those who are in it then, and never twice", async () => {
  const here = room(1), there = room(2);
  const ana = reader(here, there);
  const fanOut = new FanOut();
  fanOut.tell(here, "early\n");
  fanOut.tell(there, "there\n");
  fanOut.flushRoom(here);
  const late = reader(here);
  fanOut.tell(here, "late\n");
  fanOut.flush();
  fanOut.flush();
  fanOut.flushRoom(here);
  await turn();
  assert.deepEqual(late.sink.writes, ["late\n"]);
  assert.deepEqual(ana.sink.writes, ["early\nthere\nlate\n"]);
});

Deno.test("what is told afterwards comes after all that was gathered, once", async () => {
  const here = room(1), there = room(2);
  const ana = reader(here, there);
  const fanOut = new FanOut();
  fanOut.afterwards(() => ana.outbox.push(new TextEncoder().encode("in sum\n")));
  fanOut.tell(here, "here\n");
  fanOut.tell(there, "there\n");
  fanOut.flush();
  fanOut.flush();
  await turn();
  assert.equal(ana.sink.writes.join(""), "here\nthere\nin sum\n");
});
