import assert from "node:assert/strict";
import fc from "fast-check";
import { TestHub, type Visitor } from "../../kit/hub.ts";
import { fromSeed } from "../../kit/seed.ts";

Deno.test("a hub that is opened again knows everything that was told", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana"), ben = await bench.newcomer("ben");
  await ana.ask({ type: "create", room: "ops", access: "private", topic: "Night" });
  await ben.ask({ type: "send", room: "general", text: "hi", nonce: "n" });
  await ben.ask({ type: "leave", room: "general" });
  const again = new TestHub({}, bench.store);
  const back = await again.comeBack(ana.token);
  assert.deepEqual(back.welcome.user, { username: "ana", role: "owner" });
  assert.deepEqual(
    back.welcome.rooms.map(({ room, seq, topic }: Record<string, unknown>) => [room, seq, topic]),
    [
      ["general", 4, undefined],
      ["ops", 1, "Night"],
    ],
  );
  const { welcome } = await again.comeBack(ben.token);
  assert.deepEqual(welcome.rooms, []);
  const cleo = await again.newcomer("cleo");
  assert.equal(cleo.welcome.user.role, "member");
  assert.equal((await cleo.ask({ type: "create", room: "more" })).seq, 1);
});

type Step = readonly [who: number, what: string, room: string];

const step: fc.Arbitrary<Step> = fc.tuple(
  fc.nat(2),
  fc.constantFrom("join", "leave", "send", "send", "send", "create", "read", "turn"),
  fc.constantFrom("general", "ops", "art"),
);

Deno.test("whatever people do, each room is one sequence without a hole, and each reader hears it in its order", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const bench = new TestHub();
      const visitors = [
        await bench.newcomer("ana"),
        await bench.newcomer("ben"),
        await bench.newcomer("cleo"),
      ];
      for (const [who, what, room] of steps) {
        if (what === "turn") await bench.settle();
        else visitors[who]?.say({ type: what, room, text: `${who}`, seq: 3 });
      }
      await bench.settle();
      for (const visitor of visitors) {
        hearsInOrder(visitor);
        await knowsWhatIsThere(visitor);
      }
      await isTheSameAgain(bench);
    }),
    { ...fromSeed(), numRuns: 60 },
  );
});

function hearsInOrder(visitor: Visitor): void {
  const last = new Map<string, number>();
  for (const { type, room, seq, time } of visitor.heard) {
    const isEvent = type === "message" || type === "joined" || type === "left" ||
      (type === "ok" && time !== undefined);
    if (!isEvent) continue;
    assert.ok(seq > (last.get(room) ?? 0), `${room} ${seq}`);
    last.set(room, seq);
  }
}

async function knowsWhatIsThere(visitor: Visitor): Promise<void> {
  for (const [room, { room: { seq, committedSeq } }] of visitor.guest.account.memberships) {
    assert.equal(seq, committedSeq);
    const { messages } = await visitor.ask({ type: "history", room, after: 0, limit: 200 });
    assert.deepEqual(
      messages.map((event: { seq: number }) => event.seq),
      Array.from({ length: seq }, (_, at) => at + 1),
    );
  }
}

/** What is in memory is what is on disk. */
async function isTheSameAgain(bench: TestHub): Promise<void> {
  const again = new TestHub({}, bench.store);
  await again.settle();
  const picture = ({ hub }: TestHub) =>
    hub.rooms.all().map(({ row, seq, members }) => ({ row, seq, members: [...members].sort() }));
  assert.deepEqual(picture(again), picture(bench));
}
