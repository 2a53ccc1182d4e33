import assert from "node:assert/strict";
import { limits } from "../../../shared/protocol/mod.ts";
import { type Change, openStore, type RoomRow } from "../../../server/store/mod.ts";
import { TestHub, type Visitor } from "../../kit/hub.ts";

function bytesOf(frame: unknown): number {
  return new TextEncoder().encode(JSON.stringify(frame)).length;
}

/** ana is in as many rooms as one may be, each with the longest name and topic. */
async function anaEverywhere(): Promise<{ bench: TestHub; ana: Visitor }> {
  const store = openStore(":memory:");
  const ana = await new TestHub({}, store).newcomer("ana");
  const changes: Change[] = [];
  for (let id = 2; id <= limits.roomsPerAccount; id++) {
    const room: RoomRow = {
      id,
      name: String(id).padStart(64, "r"),
      kind: "standard",
      access: "private",
      topic: "😀".repeat(limits.topicCodePoints),
      description: undefined,
      archived: true,
      retentionMs: undefined,
      held: false,
      creatorId: undefined,
    };
    changes.push({ kind: "room", room, time: 1 });
    changes.push({ kind: "member", roomId: id, accountId: 1, read: 0, standing: "moderator" });
  }
  store.commit(changes);
  return { bench: new TestHub({}, store), ana };
}

Deno.test("whoever is in as many rooms as one may be is told of all in one line; topics beyond its bound are left out", async () => {
  const { bench, ana } = await anaEverywhere();
  const { welcome } = await bench.comeBack(ana.token);
  assert.equal(welcome.rooms.length, limits.roomsPerAccount);
  assert.ok(bytesOf(welcome) <= limits.serverLineBytes, String(bytesOf(welcome)));
  const withTopic = welcome.rooms.filter(({ topic }: { topic?: string }) => topic !== undefined);
  assert.ok(withTopic.length > 300 && withTopic.length < limits.roomsPerAccount, String(withTopic.length));
});

Deno.test("a room says what kind it is, who is in it if it is direct, and how one stands there", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana"), ben = await bench.newcomer("ben");
  await ana.ask({ type: "create", room: "ops", access: "private", topic: "Night shift" });
  await ana.ask({ type: "change", room: "ops", archived: true });
  const { room: direct } = await ana.ask({ type: "direct", usernames: ["ben"] });
  await ana.ask({ type: "level", room: direct, level: "nothing" });
  await ben.ask({ type: "send", room: direct, text: "hi" });
  const { rooms } = (await bench.comeBack(ana.token, { ops: 2 })).welcome;
  const told = new Map(rooms.map((each: { room: string }) => [each.room, each]));
  assert.deepEqual(told.get("ops"), {
    room: "ops",
    kind: "standard",
    seq: 2,
    read: 1,
    state: "current",
    access: "private",
    topic: "Night shift",
    archived: true,
    standing: "moderator",
  });
  const { seq, read, ...rest } = told.get(direct) as { seq: number; read: number };
  assert.ok(read < seq);
  assert.deepEqual(rest, {
    room: direct,
    kind: "standard",
    state: "behind",
    access: "direct",
    people: ["ana", "ben"],
    level: "nothing",
    unread: 1,
  });
});
