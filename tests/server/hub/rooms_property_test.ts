/** Random doings of a few people about rooms and themselves, on a disk that fails now and then. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { firstRoom, type Hub } from "../../../server/hub/mod.ts";
import { standings } from "../../../shared/protocol/mod.ts";
import { ailingStore } from "../../kit/ailing_store.ts";
import { TestHub, type Visitor } from "../../kit/hub.ts";
import { fromSeed } from "../../kit/seed.ts";

const names = ["olga", "ada", "ben", "cleo", "gil"];
const rooms = [firstRoom, "ops", "art", "dm.2.3"];

const username = fc.constantFrom(...names);
const room = fc.constantFrom(...rooms);
const deed = fc.oneof(
  fc.record({ type: fc.constant("create"), room, access: fc.constantFrom("public", "private") }),
  fc.record({ type: fc.constantFrom("join", "leave", "typing"), room }),
  fc.record({ type: fc.constant("add"), room, username }),
  fc.record({ type: fc.constant("remove"), room, username, ban: fc.boolean() }),
  fc.record({ type: fc.constant("standing"), room, username, standing: fc.constantFrom(...standings) }),
  fc.record({ type: fc.constant("standing"), room, username, standing: fc.constant("moderator" as const) }),
  fc.record({
    type: fc.constant("change"),
    room,
    topic: fc.constantFrom("", "one", "two"),
    archived: fc.boolean(),
    access: fc.constantFrom("public", "private"),
  }, { requiredKeys: ["type", "room"] }),
  fc.record({ type: fc.constant("direct"), usernames: fc.uniqueArray(username, { maxLength: 2 }) }),
  fc.record({ type: fc.constant("set_profile"), statusText: fc.constantFrom("", "here") }),
  fc.record({ type: fc.constant("status"), busy: fc.boolean() }),
);
const step = fc.record({
  who: fc.nat(names.length - 1),
  deed: fc.oneof({ arbitrary: deed, weight: 30 }, {
    arbitrary: fc.record({ type: fc.constant("deactivate"), username, deactivated: fc.boolean() }),
    weight: 1,
  }),
  fails: fc.nat(12),
  settles: fc.nat(2),
});

Deno.test("memory is what a restart would read, rooms have moderators, and nobody misses an event", () =>
  fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 60, maxLength: 120 }), async (steps) => {
      const store = ailingStore();
      const bench = new TestHub({}, store);
      const people = await gathered(bench);
      for (const { who, deed, fails, settles } of steps) {
        if (fails === 0) store.fail();
        people[who]?.say(deed);
        if (settles !== 0) continue;
        await bench.settle();
        store.recover();
        for (const person of people) await person.comeBackIfGone();
      }
      await bench.settle();
      store.recover();
      assert.deepEqual(stateOf(bench.hub), stateOf(new TestHub({}, store).hub));
      assertModerated(bench.hub);
      for (const person of people) person.assertGapless();
    }),
    { ...fromSeed(), numRuns: 40, endOnFailure: true },
  ));

async function gathered(bench: TestHub): Promise<Person[]> {
  const people: Person[] = [];
  for (const name of names) {
    const visitor = name === "gil" ? await bench.newcomerAs("guest", name) : await bench.newcomer(name);
    people.push(new Person(bench, visitor));
  }
  for (const room of ["ops", "art"]) people[1]?.say({ type: "create", room });
  for (const username of names) people[1]?.say({ type: "add", room: "ops", username });
  await bench.settle();
  return people;
}

/** An account with one session after the other. */
class Person {
  readonly #bench: TestHub;
  #visitor: Visitor;
  /** The ids of its requests to leave rooms. */
  readonly #leaves: Set<string> = new Set();

  constructor(bench: TestHub, visitor: Visitor) {
    this.#bench = bench;
    this.#visitor = visitor;
  }

  say(frame: { readonly type: string } & Record<string, unknown>): void {
    if (this.#visitor.outbox.ending) return;
    const id = this.#visitor.say(frame);
    if (frame.type === "leave") this.#leaves.add(id);
  }

  async comeBackIfGone(): Promise<void> {
    const { account } = this.#visitor.guest;
    if (!this.#visitor.outbox.ending || account.deactivated) return;
    this.assertGapless();
    this.#visitor.leave();
    this.#visitor = await this.#bench.logIn(account);
    this.#leaves.clear();
  }

  /** Between coming into a room and going, every place in its log was heard of once and in order, as an event or an answer. */
  assertGapless(): void {
    const { name } = this.#visitor.guest.account;
    const last = new Map<string, number>();
    for (const { room, seq } of this.#visitor.welcome.rooms) last.set(room, seq);
    for (const { type, re, room, seq, time, username } of this.#visitor.heard) {
      if (room === undefined || seq === undefined || time === undefined) continue;
      const before = last.get(room);
      if (before !== undefined) assert.equal(seq, before + 1, `${name} in ${room}`);
      const gone = re === undefined ? type === "left" && username === name : this.#leaves.has(re);
      if (gone) last.delete(room);
      else last.set(room, seq);
    }
  }
}

/** All that is remembered, in an order of its own. */
function stateOf({ accounts, rooms }: Hub): unknown {
  return {
    rooms: rooms.all().map(({ row, seq, committedSeq, members, banned }) => ({
      ...row,
      seq,
      committedSeq,
      members: [...members].sort(),
      banned: [...banned].sort(),
    })).sort((one, other) => one.id - other.id),
    people: accounts.all().map(({ name, profile, busy, deactivated, roomsMade, memberships }) => ({
      name,
      profile: JSON.stringify(profile),
      busy,
      deactivated,
      roomsMade,
      memberships: [...memberships.values()].map(({ room, since, read, standing }) => ({
        room: room.name,
        since,
        read,
        standing,
      })).sort((one, other) => one.room < other.room ? -1 : 1),
    })),
  };
}

function assertModerated({ accounts, rooms }: Hub): void {
  for (const { name, row, members } of rooms.all()) {
    if (name === firstRoom || row.access === "direct" || members.size === 0) continue;
    const standings = [...members].map((id) => accounts.withId(id).memberships.get(name)?.standing);
    assert.ok(standings.includes("moderator"), `"${name}" has no moderator`);
  }
}
