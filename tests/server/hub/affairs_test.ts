import assert from "node:assert/strict";
import { TestHub } from "../../kit/hub.ts";

Deno.test("the affairs of a room are in history as they were told, also after a restart", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana"),
    ben = await bench.newcomer("ben"),
    cleo = await bench.newcomer("cleo");
  await ana.ask({ type: "create", room: "ops" });
  await ana.ask({ type: "add", room: "ops", username: "ben" });
  const first = ben.heard.length - 1;
  await cleo.ask({ type: "join", room: "ops" });
  await cleo.ask({ type: "leave", room: "ops" });
  for (
    const frame of [
      { type: "change", topic: "Nights", description: "" },
      { type: "change", topic: "", access: "private" },
      { type: "add", username: "cleo" },
      { type: "standing", username: "cleo", standing: "muted" },
      { type: "standing", username: "cleo", standing: "member" },
      { type: "remove", username: "cleo" },
      { type: "remove", username: "cleo", ban: true },
      { type: "add", username: "cleo" },
      { type: "remove", username: "cleo", ban: true },
      { type: "change", archived: true },
    ]
  ) {
    assert.equal((await ana.ask({ room: "ops", ...frame })).type, "ok", JSON.stringify(frame));
  }
  await ana.ask({ type: "leave", room: "ops" });
  const told = ben.heard.slice(first).filter(({ type }) => type !== "presence").map((
    { room: _room, ...event },
  ) => event);
  assert.deepEqual(told.map(({ seq }) => seq), Array.from({ length: 14 }, (_, at) => at + 2));
  const later = new TestHub({}, bench.store);
  const back = await later.comeBack(ben.token);
  for (const session of [ben, back]) {
    const { messages } = await session.ask({ type: "history", room: "ops", after: 1 });
    assert.deepEqual(messages, told);
  }
});

Deno.test("the beginning of a direct conversation tells in history too whom it is with", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana");
  await bench.newcomer("ben");
  const { room } = await ana.ask({ type: "direct", usernames: ["ben"] });
  const { messages } = await ana.ask({ type: "history", room });
  const { time } = messages[0];
  assert.deepEqual(messages, [
    { type: "joined", seq: 1, time, username: "ana", people: ["ana", "ben"] },
    { type: "joined", seq: 2, time, username: "ben", by: "ana", people: ["ana", "ben"] },
  ]);
});
