/** What was acknowledged beside what the server has: nothing is lost, and everything is there once. */
import assert from "node:assert/strict";
import type { Frame } from "./line_client.ts";
import { eventOf, type Records } from "./records.ts";

/** Histories by room, of all rooms that somebody is in. */
export type Histories = ReadonlyMap<string, readonly Frame[]>;

/** Throws where the histories do not hold what was acknowledged, or hold it twice, or are not at one with themselves. */
export function assertHeld(records: Records, histories: Histories): void {
  for (const events of histories.values()) {
    assert.deepEqual(events.map(({ seq }) => seq), events.map((_, at) => at + 1), "Numbers have no holes");
    for (const event of events) if (event.type === "message") assertPresent(event, events);
  }
  assertDeedsHeld(records, histories);
  assertWordsHeld(records, histories);
}

function assertDeedsHeld({ deeds }: Records, histories: Histories): void {
  const places = new Set<string>();
  for (const deed of deeds) {
    const place = `${deed.room} ${deed.seq}`;
    assert.ok(!places.has(place), `${place} was given to two`);
    places.add(place);
    const events = histories.get(deed.room);
    if (events !== undefined) assertLike(events[deed.seq - 1], eventOf(deed));
  }
}

/** Words that were acknowledged have their place, and no others but those of which nobody knows. */
function assertWordsHeld({ words, deeds }: Records, histories: Histories): void {
  const places = new Set<string>();
  for (const { sent, username, text, thread, quote } of words.values()) {
    const events = sent && histories.get(sent.room);
    if (sent === undefined || events === undefined) continue;
    places.add(`${sent.room} ${sent.seq}`);
    const message = events[sent.seq - 1];
    assertLike(message, { type: "message", seq: sent.seq, from: username, time: sent.time });
    const isEdited = message.edited !== undefined;
    if (!message.deleted && !isEdited) assert.equal(message.text, text);
    if (!message.deleted) assert.equal(message.quote, quote);
    if (thread !== undefined) assert.equal(message.thread, events[thread - 1].thread ?? thread);
  }
  const edits = new Map(deeds.map((deed) => [`${deed.room} ${deed.seq}`, deed]));
  const unknown = [...words.values()].filter(({ sent, isRefused }) => sent === undefined && !isRefused);
  for (const [room, events] of histories) {
    for (const event of events) {
      const place = `${room} ${event.seq}`;
      if (event.type === "edited") assertEdit(edits.get(place)?.ask, event, events);
      if (event.type !== "message" || places.has(place)) continue;
      const at = unknown.findIndex(({ text, username }) => text === event.text && username === event.from);
      assert.ok(at >= 0 || event.deleted || event.edited, `Nobody said ${place}: ${JSON.stringify(event)}`);
      if (at >= 0) unknown.splice(at, 1);
    }
  }
}

/** The last acknowledged edit of a message is its text. */
function assertEdit(ask: Frame, event: Frame, events: readonly Frame[]): void {
  const message = events[event.target - 1];
  const last = events.findLast(({ type, target }) => type === "edited" && target === event.target);
  if (ask === undefined || last !== event || message.deleted) return;
  assert.equal(message.text, ask.text);
  assert.equal(event.text, ask.text);
}

/** A message is told as what happened to it has left it. */
function assertPresent(message: Frame, events: readonly Frame[]): void {
  const { seq } = message;
  const about = events.filter(({ target }) => target === seq);
  const replies = events.filter(({ type, thread, deleted }) =>
    type === "message" && thread === seq && !deleted
  );
  const takenBack = new Set(about.map(({ reaction }) => reaction));
  const deleted = about.some(({ type }) => type === "deleted");
  const reacted = about.filter((event) => event.type === "reacted" && !deleted && !takenBack.has(event.seq));
  const pins = about.findLast(({ type }) => type === "pinned" || type === "unpinned");
  assert.equal(message.deleted ?? false, deleted);
  assert.equal(message.text === undefined, deleted);
  assert.equal(message.pinned ?? false, pins?.type === "pinned" && !deleted);
  assert.equal(message.replies?.count ?? 0, replies.length);
  assert.equal(message.replies?.seq, replies.at(-1)?.seq);
  const seen = (message.reactions ?? []).flatMap(({ emoji, from }: Frame) =>
    from.map((name: string) => emoji + name)
  );
  assert.deepEqual(seen.sort(), reacted.map(({ emoji, from }) => emoji + from).sort());
}

function assertLike(event: Frame, like: object): void {
  const fields = Object.fromEntries(Object.keys(like).map((name) => [name, event?.[name]]));
  assert.deepEqual(fields, { ...like });
}
