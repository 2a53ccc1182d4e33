import assert from "node:assert/strict";
import { SessionBench, type TestSession } from "../../kit/sessions.ts";

// deno-lint-ignore no-explicit-any -- tests look into frames of any shape
type Frame = any;

/** A server whose owner, Ana, has proven that it is her. */
async function bench(): Promise<{ bench: SessionBench; ana: TestSession }> {
  const bench = new SessionBench();
  await bench.registered("ana");
  return { bench, ana: await bench.loggedIn("ana") };
}

async function made(ana: TestSession, username: string, ...scopes: string[]): Promise<Frame> {
  const bot = await ana.asks({ type: "make_bot", username, scopes });
  assert.equal(bot.type, "bot", JSON.stringify(bot));
  return bot;
}

Deno.test("a bot comes in by its token, as often as it likes, and hears the rooms that it was added to", async () => {
  const { bench: server, ana } = await bench();
  const { token, link, scopes } = await made(ana, "deploy", "send", "read");
  assert.deepEqual([scopes, link], [["read", "send"], `chat://here/bot#${token}`]);
  const first = await server.opened({ type: "bot_login", token });
  const welcome = first.sink.frames.at(-1);
  assert.deepEqual(welcome.user, {
    username: "deploy",
    role: "guest",
    scopes: ["read", "send"],
  });
  assert.deepEqual([welcome.rooms, welcome.token], [[], token]);
  assert.equal((await ana.asks({ type: "add", room: "general", username: "deploy" })).type, "ok");
  const second = await server.opened({ type: "bot_login", token });
  assert.equal(second.sink.frames.at(-1).rooms[0].room, "general");
  await ana.asks({ type: "send", room: "general", text: "deploy now" });
  for (const session of [first, second]) assert.equal(session.sink.frames.at(-1).text, "deploy now");
  assert.equal((await first.asks({ type: "send", room: "general", text: "done" })).type, "ok");
  assert.equal(ana.sink.frames.at(-1).from, "deploy");
});

Deno.test("a bot that may not read hears nothing of its rooms, and says something there all the same", async () => {
  const { bench: server, ana } = await bench();
  const { token } = await made(ana, "deploy", "send");
  const before = await server.opened({ type: "bot_login", token });
  await ana.asks({ type: "add", room: "general", username: "deploy" });
  const after = await server.opened({ type: "bot_login", token });
  await ana.asks({ type: "send", room: "general", text: "a secret, @deploy" });
  await ana.asks({ type: "direct", usernames: ["deploy"] });
  for (const session of [before, after]) {
    assert.deepEqual(session.sink.frames.slice(1).map(({ type }) => type), ["auth_success"]);
    assert.deepEqual(session.sink.frames[1].rooms, []);
    for (const ask of [{ type: "history", room: "general" }, { type: "search", text: "secret" }]) {
      assert.match((await session.asks(ask)).message, /takes the scope "read"/);
    }
    assert.equal((await session.asks({ type: "send", room: "general", text: "done" })).type, "ok");
    assert.equal((await session.asks({ type: "send", room: "ops", text: "done" })).code, "not_a_member");
  }
});

Deno.test("a bot's token is good until a new one is made, whose sessions then end", async () => {
  const { bench: server, ana } = await bench();
  const { token } = await made(ana, "deploy", "send");
  const session = await server.opened({ type: "bot_login", token });
  const renewed = await ana.asks({ type: "renew_bot", username: "deploy" });
  assert.equal(session.sink.frames.at(-1).code, "revoked");
  const refused = await server.connect().asks({ type: "bot_login", token });
  assert.deepEqual([refused.code, refused.message], [
    "token_invalid",
    "This token was replaced by a new one. Use that",
  ]);
  await server.opened({ type: "bot_login", token: renewed.token });
});

Deno.test("a new token may come with other scopes, which are kept and hold for all that comes after", async () => {
  const { bench: server, ana } = await bench();
  await made(ana, "deploy", "send");
  const renewed = await ana.asks({ type: "renew_bot", username: "deploy", scopes: ["files", "read"] });
  assert.deepEqual(renewed.scopes, ["read", "files"]);
  const { bots: [listed] } = await ana.asks({ type: "bots" });
  assert.deepEqual(listed.scopes, ["read", "files"]);
  assert.deepEqual(server.store.people.bots().values().toArray(), [["read", "files"]]);
  const session = await server.opened({ type: "bot_login", token: renewed.token });
  const { code, message } = await session.asks({ type: "send", room: "general", text: "done" });
  assert.deepEqual([code, message], ["forbidden", 'This bot may not do that: it takes the scope "send"']);
  assert.equal((await ana.asks({ type: "renew_bot", username: "deploy", scopes: [] })).code, "bad_request");
});

Deno.test("a name that is taken is refused in words for whoever makes a bot", async () => {
  const { ana } = await bench();
  await made(ana, "deploy", "send");
  const words = async (username: string) =>
    (await ana.asks({ type: "make_bot", username, scopes: ["send"] })).message;
  assert.equal(await words("ana"), 'The name "ana" is taken. Choose another');
  assert.equal(
    await words("deploy"),
    'There is a bot named "deploy" already. Make it a new token, or choose another name',
  );
});

Deno.test("a bot that is deactivated is out at once, and in again only by a new token", async () => {
  const { bench: server, ana } = await bench();
  const { token } = await made(ana, "deploy", "read");
  const session = await server.opened({ type: "bot_login", token });
  await ana.asks({ type: "deactivate", username: "deploy", deactivated: true });
  assert.equal(session.sink.frames.at(-1).type, "bye");
  assert.equal((await server.connect().asks({ type: "bot_login", token })).code, "token_invalid");
  assert.equal((await ana.asks({ type: "renew_bot", username: "deploy" })).code, "forbidden");
  await ana.asks({ type: "deactivate", username: "deploy", deactivated: false });
  assert.equal((await server.connect().asks({ type: "bot_login", token })).code, "token_invalid");
  const renewed = await ana.asks({ type: "renew_bot", username: "deploy" });
  await server.opened({ type: "bot_login", token: renewed.token });
});

Deno.test("a bot that was deactivated in the turn in which it was made does not come in", async () => {
  const { bench: server, ana } = await bench();
  await ana.floods(
    { type: "make_bot", id: "made", username: "deploy", scopes: ["send"] },
    { type: "deactivate", id: "gone", username: "deploy", deactivated: true },
  );
  const { token } = ana.sink.frames.find(({ re }) => re === "made");
  assert.equal((await server.connect().asks({ type: "bot_login", token })).code, "token_invalid");
});

Deno.test("no other door opens to a bot, and a bot's door to nobody else", async () => {
  const { bench: server, ana } = await bench();
  const { token } = await made(ana, "deploy", "send");
  const stranger = server.connect();
  assert.equal((await stranger.asks({ type: "resume", token })).code, "token_invalid");
  const login = { type: "login", username: "deploy", password: "anything at all" };
  assert.equal((await stranger.asks(login)).code, "auth_failed");
  assert.equal((await ana.asks({ type: "issue_reset", username: "deploy" })).code, "forbidden");
  assert.equal((await server.connect().asks({ type: "bot_login", token: ana.token })).code, "token_invalid");
  const lead = token.slice(0, token.indexOf("."));
  for (const wrong of ["", "x", ".", `${lead}.`, `${lead}.${"A".repeat(43)}`, token.slice(0, -1)]) {
    assert.equal((await server.connect().asks({ type: "bot_login", token: wrong })).code, "token_invalid");
  }
  await server.opened({ type: "bot_login", token });
  await server.resumed(ana.token);
});

Deno.test("a bot gets no other role and sees to no room, not even as the last who is there", async () => {
  const { ana, bench: server } = await bench();
  await made(ana, "deploy", "send");
  assert.match((await ana.asks({ type: "role", username: "deploy", role: "member" })).message, /is a bot/);
  await ana.asks({ type: "create", room: "ops" });
  await ana.asks({ type: "add", room: "ops", username: "deploy" });
  const standing = { type: "standing", room: "ops", username: "deploy", standing: "moderator" };
  assert.match((await ana.asks(standing)).message, /is a bot/);
  await ana.asks({ type: "leave", room: "ops" });
  const { hub } = server;
  assert.equal(hub.accounts.named("deploy")?.memberships.get("ops")?.standing, "member");
  const ben = await server.guest("ben");
  await ben.asks({ type: "join", room: "ops" });
  assert.equal(hub.accounts.named("ben")?.memberships.get("ops")?.standing, "moderator");
});

Deno.test("a bot is made by staff who have proven that it is them, under a name that nobody has", async () => {
  const { ana, bench: server } = await bench();
  const unproven = await server.resumed(ana.token);
  const ask = { type: "make_bot", username: "deploy", scopes: ["send"] };
  assert.equal((await unproven.asks(ask)).code, "proof_required");
  assert.equal((await ana.asks({ ...ask, scopes: [] })).code, "bad_request");
  assert.equal((await ana.asks({ ...ask, scopes: ["everything"] })).code, "bad_request");
  assert.equal((await ana.asks({ ...ask, username: "ana" })).code, "username_exists");
  assert.equal((await ana.asks({ type: "renew_bot", username: "ana" })).code, "no_such_user");
});

Deno.test("bots are shown as such, and listed with what they may and when they were last here", async () => {
  const { ana, bench: server } = await bench();
  const { token } = await made(ana, "deploy", "send", "read");
  await made(ana, "alarm", "send");
  await ana.asks({ type: "add", room: "general", username: "deploy" });
  const { users } = await ana.asks({ type: "who", room: "general" });
  assert.deepEqual(users.map(({ username, bot }: Frame) => [username, bot]), [["ana", undefined], [
    "deploy",
    true,
  ]]);
  assert.equal((await ana.asks({ type: "profile", username: "deploy" })).bot, true);
  const { people } = await ana.asks({ type: "people" });
  assert.deepEqual(people.filter(({ bot }: Frame) => bot).map(({ username }: Frame) => username), [
    "alarm",
    "deploy",
  ]);
  await server.opened({ type: "bot_login", token });
  const { bots } = await ana.asks({ type: "bots" });
  const seen = bots[0].seen;
  assert.deepEqual(bots, [
    { username: "alarm", scopes: ["send"], rooms: 0, online: false, seen },
    { username: "deploy", scopes: ["read", "send"], rooms: 1, online: true, seen: server.clock.now() },
  ]);
});

Deno.test("a server that demands two-factor of everybody does not demand it of bots", async () => {
  const { ana, bench: server } = await bench();
  const { token } = await made(ana, "deploy", "read");
  const session = await server.opened({ type: "bot_login", token });
  server.hub.policy.twoFactor = "required";
  assert.equal((await session.asks({ type: "rooms" })).type, "rooms");
  const again = await server.opened({ type: "bot_login", token });
  assert.equal((await again.asks({ type: "rooms" })).type, "rooms");
});

Deno.test("bots are there after a restart, and what nobody has used for long is still good", async () => {
  const { ana, bench: server } = await bench();
  const { token } = await made(ana, "deploy", "send");
  server.store.commit([{ kind: "tidy_up", loginsUsedBefore: server.clock.now() + 1, time: 0 }]);
  const again = new SessionBench({ store: server.store });
  const session = await again.opened({ type: "bot_login", token });
  assert.deepEqual(session.sink.frames.at(-1).user.scopes, ["send"]);
});
