import assert from "node:assert/strict";
import { TestHub, type Visitor } from "../../kit/hub.ts";

/** ana and ben are in two rooms. */
async function twoRooms(): Promise<{ bench: TestHub; ana: Visitor; ben: Visitor }> {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana"), ben = await bench.newcomer("ben");
  await ana.ask({ type: "create", room: "ops" });
  await ben.ask({ type: "join", room: "ops" });
  return { bench, ana, ben };
}

async function pages(visitor: Visitor, limit?: number): Promise<string[][]> {
  const found: string[][] = [];
  for (let before: number | undefined, more = true; more;) {
    const page = await visitor.ask({ type: "mentions", before, limit });
    assert.equal(page.type, "messages", JSON.stringify(page));
    found.push(
      page.messages.map(({ room, message }: { room: string; message: { text: string } }) =>
        `${room}: ${message.text}`
      ),
    );
    ({ more, next: before } = page);
    assert.equal(before === undefined, !more);
  }
  return found;
}

Deno.test("what means somebody is listed over all their rooms, replies too, the newest first, each once", async () => {
  const { ana, ben } = await twoRooms();
  const { seq } = await ana.ask({ type: "send", room: "ops", text: "a root" });
  await ana.ask({ type: "send", room: "general", text: "@ben 1" });
  await ana.ask({ type: "send", room: "ops", text: "@room 2", thread: seq });
  await ana.ask({ type: "send", room: "ops", text: "@ana 3" });
  await ana.ask({ type: "send", room: "general", text: "@here 4" });
  await ben.ask({ type: "send", room: "general", text: "@ben, my own" });
  const all = ["general: @here 4", "ops: @room 2", "general: @ben 1"];
  assert.deepEqual(await pages(ben), [all]);
  assert.deepEqual(await pages(ben, 2), [all.slice(0, 2), all.slice(2)]);
  assert.deepEqual(await pages(ana), [[]]);
});

Deno.test("messages are listed as they are now, and those that mean one no more are not", async () => {
  const { ana, ben } = await twoRooms();
  for (const text of ["@ben 1", "@ben 2", "3", "@ben 4"]) {
    await ana.ask({ type: "send", room: "general", text });
  }
  const { messages } = await ana.ask({ type: "history", room: "general", limit: 4 });
  const [first, second, third, fourth] = messages.map((message: { seq: number }) => message.seq);
  await ana.ask({ type: "edit", room: "general", seq: first, text: "@ben one" });
  await ana.ask({ type: "edit", room: "general", seq: second, text: "two" });
  await ana.ask({ type: "edit", room: "general", seq: third, text: "@ben three" });
  await ana.ask({ type: "delete", room: "general", seq: fourth });
  assert.deepEqual(await pages(ben), [["general: @ben three", "general: @ben one"]]);
});

Deno.test("nothing is listed of a room that one has left", async () => {
  const { ana, ben } = await twoRooms();
  await ana.ask({ type: "send", room: "ops", text: "@ben" });
  await ana.ask({ type: "send", room: "general", text: "@ben" });
  await ben.ask({ type: "leave", room: "ops" });
  assert.deepEqual(await pages(ben, 1), [["general: @ben"]]);
});

Deno.test("a page of mentions with many reactions ends early, and paging goes on where it ended", async () => {
  const { bench, ana, ben } = await twoRooms();
  const said: number[] = [];
  for (let index = 0; index < 60; index++) {
    said.push((await ana.ask({ type: "send", room: "general", text: `@ben ${index}` })).seq);
  }
  for (const seq of said) {
    for (let kind = 0; kind < 20; kind++) {
      ana.say({ type: "react", room: "general", seq, emoji: `e${kind}` });
    }
  }
  await bench.settle();
  assert.deepEqual((await pages(ben, 100)).map(({ length }) => length), [50, 10]);
});
