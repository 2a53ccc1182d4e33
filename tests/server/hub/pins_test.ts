import assert from "node:assert/strict";
import { limits } from "../../../shared/protocol/mod.ts";
import { TestHub, type Visitor } from "../../kit/hub.ts";

async function setUp(count: number, text = "x"): Promise<{ bench: TestHub; ana: Visitor; seqs: number[] }> {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana");
  const seqs = [];
  for (let number = 0; number < count; number++) {
    seqs.push((await ana.ask({ type: "send", room: "general", text })).seq);
  }
  return { bench, ana, seqs };
}

async function pinned(visitor: Visitor): Promise<number[]> {
  const found: number[] = [];
  let before: number | undefined;
  for (let more = true; more;) {
    const page = await visitor.ask({ type: "pins", room: "general", before });
    found.push(...page.messages.map(({ message }: { message: { seq: number } }) => message.seq));
    more = page.more;
    before = page.next;
  }
  return found;
}

Deno.test("pins lists what is pinned, the newest message first, as it is now", async () => {
  const { bench, ana, seqs: [one = 0, two = 0] } = await setUp(2);
  const ben = await bench.newcomer("ben");
  const ok = await ana.ask({ type: "pin", room: "general", seq: two });
  const pin = { type: "pinned", room: "general", seq: ok.seq, time: ok.time, target: two, from: "ana" };
  assert.deepEqual(ben.heard.at(-1), pin);
  await ben.ask({ type: "pin", room: "general", seq: one });
  await ana.ask({ type: "edit", room: "general", seq: one, text: "edited" });
  const { messages, more } = await ben.ask({ type: "pins", room: "general" });
  assert.equal(more, false);
  assert.deepEqual(
    messages.map((
      { room, message: { seq, text, pinned: is } }: { room: string; message: Record<string, unknown> },
    ) => [
      room,
      seq,
      text,
      is,
    ]),
    [["general", two, "x", true], ["general", one, "edited", true]],
  );
  await ana.ask({ type: "unpin", room: "general", seq: two });
  assert.equal(ben.heard.at(-1).type, "unpinned");
  assert.deepEqual(await pinned(ben), [one]);
});

Deno.test("what is pinned already, or not at all, stays so without an event", async () => {
  const { bench, ana, seqs: [seq = 0] } = await setUp(1);
  await ana.ask({ type: "unpin", room: "general", seq });
  await ana.ask({ type: "pin", room: "general", seq });
  await ana.ask({ type: "pin", room: "general", seq });
  assert.equal(bench.hub.rooms.named("general")?.seq, seq + 1);
});

Deno.test("a room has so many pins and no more, and all of them can be paged", async () => {
  const { ana, seqs } = await setUp(limits.pinsPerRoom + 1, "😀".repeat(2_000));
  for (const seq of seqs.slice(1)) await ana.ask({ type: "pin", room: "general", seq });
  assert.equal((await ana.ask({ type: "pin", room: "general", seq: seqs[0] })).code, "forbidden");
  assert.deepEqual(await pinned(ana), seqs.slice(1).toReversed());
});
