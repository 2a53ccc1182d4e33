import assert from "node:assert/strict";
import { limits } from "../../../shared/protocol/mod.ts";
import type { Change } from "../../../server/store/mod.ts";
import { TestHub, type Visitor } from "../../kit/hub.ts";

async function people(...names: readonly string[]): Promise<{ bench: TestHub; visitors: Visitor[] }> {
  const bench = new TestHub();
  const visitors = [];
  for (const name of names) visitors.push(await bench.newcomer(name));
  return { bench, visitors };
}

/** What ana says in a room with these people, and whom it means. */
const examples: readonly (readonly [text: string, mentions: readonly string[] | undefined])[] = [
  ["@ben", ["ben"]],
  ["Hello @Ben!", ["ben"]],
  ["(@ben) *@cleo*", ["ben", "cleo"]],
  ["_@ben_", ["ben"]],
  ["@cleo, @ben and @cleo", ["ben", "cleo"]],
  ["ben", undefined],
  ["@nobody", undefined],
  ["@outsider", undefined],
  ["@ana", undefined],
  ["@ben.", ["ben"]],
  ["@d.o-t_ is here", ["d.o-t_"]],
  ["@d.o-t_...", ["d.o-t_"]],
  ["@benny @ben2", undefined],
  ["@benö", undefined],
  ["mail ana@ben.example", undefined],
  ["mail @ben@example.org", undefined],
  ["https://example.org/@ben", undefined],
  ["\\@ben", undefined],
  ["`@ben` and @cleo", ["cleo"]],
  ["```\n@ben\n```\n@cleo", ["cleo"]],
  ["@room", ["@room"]],
  ["@ROOM!", ["@room"]],
  ["@here, @ben", ["ben", "@here"]],
  ["@here and @room", ["@room"]],
  ["`@room`", undefined],
  ["@", undefined],
];

Deno.test("a text means the members that it names, and all where it calls them", async () => {
  const { bench, visitors: [ana, ben, , outsider] } = await people(
    "ana",
    "ben",
    "cleo",
    "outsider",
    "d.o-t_",
  );
  await outsider?.ask({ type: "leave", room: "general" });
  for (const [text, mentions] of examples) {
    const ok = await ana?.ask({ type: "send", room: "general", text });
    assert.deepEqual(ok.mentions, mentions, text);
    assert.deepEqual(ben?.heard.at(-1).mentions, mentions, text);
    const { messages: [found] } = await ben?.ask({ type: "history", room: "general", limit: 1 });
    assert.deepEqual(found.mentions, mentions, text);
  }
  assert.equal(bench.hub.rooms.named("general")?.seq, 6 + examples.length);
});

Deno.test("@room means every member, @here those who are here, and neither whoever says it", async () => {
  const { bench, visitors: [ana, , cleo] } = await people("ana", "ben", "cleo");
  cleo?.leave();
  const meant = async (text: string) => {
    const { seq } = await ana?.ask({ type: "send", room: "general", text });
    return bench.store.details.meant(1, seq).map((id) => bench.hub.accounts.withId(id).name).sort();
  };
  assert.deepEqual(await meant("@room"), ["ben", "cleo"]);
  assert.deepEqual(await meant("@here"), ["ben"]);
  assert.deepEqual(await meant("@here @cleo"), ["ben", "cleo"]);
  assert.deepEqual(await meant("@cleo"), ["cleo"]);
});

Deno.test("nobody who may not come back is meant", async () => {
  const { bench, visitors: [ana, ben] } = await people("ana", "ben");
  assert.ok(ben);
  ben.guest.account.deactivated = true;
  const { mentions } = await ana?.ask({ type: "send", room: "general", text: "@ben @room" });
  assert.deepEqual(mentions, ["@room"]);
  assert.deepEqual(bench.store.details.meant(1, 3), []);
});

Deno.test("in a crowd only moderators call everybody", async () => {
  const { bench, visitors: [ana, ben] } = await people("ana", "ben");
  const changes: Change[] = [];
  for (let id = 3; id <= limits.callMembers + 1; id++) {
    changes.push({
      kind: "account",
      account: { id, name: `user-${id}`, role: "member" },
      password: "$",
      time: 1,
    });
    changes.push({ kind: "member", roomId: 1, accountId: id, read: 0 });
  }
  bench.store.commit(changes);
  const crowd = new TestHub({}, bench.store);
  const mentions = async (token = "") =>
    (await (await crowd.comeBack(token)).ask({ type: "send", room: "general", text: "@room @user-3" }))
      .mentions;
  assert.deepEqual(await mentions(ben?.token), ["user-3"]);
  assert.deepEqual(await mentions(ana?.token), ["user-3", "@room"]);
  assert.equal(crowd.store.details.meant(1, 4).length, limits.callMembers);
});

Deno.test("in a crowd all are called once a minute, by whomever, and an edit is no way around it", async () => {
  const { bench, visitors: [ana] } = await people("ana", "ben");
  const changes: Change[] = [];
  for (let id = 3; id <= limits.callMembers + 1; id++) {
    const account = { id, name: `user-${id}`, role: "member" as const };
    changes.push({ kind: "account", account, password: "$", time: 1 });
    changes.push({ kind: "member", roomId: 1, accountId: id, read: 0 });
  }
  bench.store.commit(changes);
  const crowd = new TestHub({}, bench.store);
  const boss = await crowd.comeBack(ana?.token ?? "");
  const send = (text: string) => boss.ask({ type: "send", room: "general", text });
  const first = await send("@room");
  assert.deepEqual(first.mentions, ["@room"]);
  assert.equal((await send("@here")).mentions, undefined);
  const edit = (text: string) => boss.ask({ type: "edit", room: "general", seq: first.seq, text });
  assert.deepEqual((await edit("@room!")).mentions, ["@room"]);
  assert.equal((await edit("nobody")).mentions, undefined);
  assert.equal((await edit("@room")).mentions, undefined);
  crowd.clock.advance(limits.callEveryMs);
  assert.deepEqual((await edit("again @room")).mentions, ["@room"]);
});

Deno.test("a message means so many by their names, and no more", async () => {
  const names = Array.from({ length: limits.namesPerMessage + 2 }, (_, index) => `user-${index}`);
  const { visitors: [first] } = await people(...names);
  const text = names.map((name) => `@${name}`).join(" ");
  const { mentions } = await first?.ask({ type: "send", room: "general", text });
  assert.deepEqual(mentions, names.slice(1, limits.namesPerMessage));
});

Deno.test("an edited text means whom it says now; a call that stays means whom it meant", async () => {
  const { bench, visitors: [ana, ben] } = await people("ana", "ben", "cleo");
  const { seq } = await ana?.ask({ type: "send", room: "general", text: "@here @ben" });
  await bench.newcomer("dora");
  const edit = async (text: string) => {
    const { mentions } = await ana?.ask({ type: "edit", room: "general", seq, text });
    const meant = bench.store.details.meant(1, seq).map((id) => bench.hub.accounts.withId(id).name).sort();
    return [mentions, meant];
  };
  assert.deepEqual(await edit("@here"), [["@here"], ["ben", "cleo"]]);
  assert.deepEqual(await edit("@here @dora"), [["dora", "@here"], ["ben", "cleo", "dora"]]);
  assert.deepEqual(await edit("@cleo"), [["cleo"], ["cleo"]]);
  assert.deepEqual(await edit("@here"), [["@here"], ["ben", "cleo", "dora"]]);
  assert.deepEqual(await edit("nobody"), [undefined, []]);
  const told = ben?.heard.filter(({ type }) => type === "edited").map(({ mentions }) => mentions);
  assert.deepEqual(told, [["@here"], ["dora", "@here"], ["cleo"], ["@here"], undefined]);
});

Deno.test("a repeated nonce tells whom the first one means", async () => {
  const { visitors: [ana] } = await people("ana", "ben");
  const send = { type: "send", room: "general", text: "@ben @room", nonce: "n" };
  const first = await ana?.ask(send), second = await ana?.ask(send);
  assert.deepEqual({ ...second, re: first.re }, first);
});
