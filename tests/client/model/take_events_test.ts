import assert from "node:assert/strict";
import fc from "fast-check";
import {
  newRoom,
  type PlacedEvent,
  roomEventsMax,
  type RoomModel,
  skipTo,
  takeInOrder,
  takeNewest,
  takePage,
} from "../../../client/model/mod.ts";
import { fromSeed } from "../../kit/seed.ts";

const me = "ana";

function message(seq: number, from = "ben"): PlacedEvent {
  return { type: "message", seq, time: seq, from, text: `${seq}` };
}

function messages(from: number, to: number): PlacedEvent[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => message(from + at));
}

function opened(newest: number, page: readonly PlacedEvent[], read = 0): RoomModel {
  return takeNewest(newRoom({ name: "general", kind: "standard", read }), page, newest, me).room;
}

function seqs({ events }: { readonly events: readonly { readonly seq: number }[] }): number[] {
  return events.map(({ seq }) => seq);
}

Deno.test("A room is opened with its newest events, and goes on from there", () => {
  const room = opened(60, messages(11, 60));
  assert.equal(room.cursor, 60);
  assert.equal(room.since, 11);
  const { room: next, shown } = takeInOrder(room, [message(60), message(61), message(63)], me);
  assert.deepEqual(seqs({ events: shown }), [61]);
  assert.equal(next.cursor, 61);
});

Deno.test("An empty room is opened at the newest place the server told of", () => {
  assert.equal(opened(0, []).cursor, 0);
  assert.equal(opened(7, []).cursor, 7);
});

Deno.test("An event of an unknown kind takes its place and shows nothing", () => {
  const { room, shown } = takeInOrder(opened(0, []), [{ type: "unknown", seq: 1 }, message(2)], me);
  assert.deepEqual(seqs({ events: shown }), [2]);
  assert.equal(room.cursor, 2);
});

Deno.test("A page of history may leave out what does not exist", () => {
  const { room, shown } = takePage(opened(5, messages(1, 5)), [message(5), message(8), message(9)], me);
  assert.deepEqual(seqs({ events: shown }), [8, 9]);
  assert.equal(room.cursor, 9);
  assert.equal(skipTo(room, 12).cursor, 12);
  assert.equal(skipTo(room, 3).cursor, 9);
});

Deno.test("After too long a gap the newest page takes the place of what was held", () => {
  const { room, shown } = takeNewest(opened(5, messages(1, 5)), messages(2_000, 2_010), 2_010, me);
  assert.deepEqual(seqs({ events: shown }), seqs(room));
  assert.deepEqual([room.since, room.cursor, room.events.length], [2_000, 2_010, 11]);
});

Deno.test("A room holds a bounded number of events and knows from where on", () => {
  const { room } = takePage(opened(0, []), messages(1, roomEventsMax + 5), me);
  assert.equal(room.events.length, roomEventsMax);
  assert.equal(room.since, 6);
});

Deno.test("However events come, torn apart, repeated and out of order, each is shown once and in order", () => {
  const arrivals = fc.array(fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 12 }), { maxLength: 20 });
  fc.assert(
    fc.property(arrivals, (batches) => {
      let room = opened(0, []);
      const shown: number[] = [];
      for (const batch of [...batches, Array.from({ length: 30 }, (_, at) => at + 1)]) {
        const taken = takeInOrder(room, batch.map((seq) => message(seq)), me);
        room = taken.room;
        shown.push(...taken.shown.map(({ seq }) => seq));
      }
      assert.deepEqual(shown, Array.from({ length: 30 }, (_, at) => at + 1));
      assert.deepEqual(seqs(room), shown);
    }),
    fromSeed(),
  );
});
