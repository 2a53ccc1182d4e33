/** What people do to messages, rooms and each other, against the real server. */
import assert from "node:assert/strict";
import type { Outcome } from "../../../client/commands/command.ts";
import { understand } from "../../../client/commands/understand.ts";
import type { Connection } from "../../../client/connection/mod.ts";
import { type Message, messageAt, roomLabel } from "../../../client/model/mod.ts";
import { Refusal } from "../../../shared/protocol/mod.ts";
import { registered } from "../../kit/client.ts";
import { withServer } from "../../kit/server.ts";
import { Watch } from "../../kit/watch.ts";

Deno.test("what is done to a message is seen by both, as words once and in its present state", () =>
  withPeople(async ({ ana, ben }) => {
    const { seq } = await ana.says("good mornig");
    assert.deepEqual(await ana.run("/edit good morning"), { kind: "done" });
    await ben.sees("edited", { target: seq, from: "ana", text: "good morning" });
    await ben.has(seq, ({ text, edited }) => text === "good morning" && edited !== undefined);
    assert.deepEqual(await ben.run(`/react ${seq} +1`), { kind: "done" });
    await ana.sees("reacted", { target: seq, from: "ben", emoji: "👍" });
    await ana.has(seq, ({ reactions }) => reactions?.[0]?.from[0] === "ben");
    assert.deepEqual(await ben.run("/react 👍"), { kind: "told", text: "It is so already." });
    assert.deepEqual(await ben.run("/unreact +1"), { kind: "done" });
    await ana.has(seq, ({ reactions }) => reactions === undefined);
    assert.deepEqual(await ben.run(`/pin #${seq}`), { kind: "done" });
    await ana.has(seq, ({ pinned }) => pinned === true);
    const pins = await ana.run("/pins");
    assert.ok(pins.kind === "messages" && pins.messages[0]?.message.seq === seq);
    await ana.run(`/unpin ${seq}`);
    await ben.has(seq, ({ pinned }) => pinned === undefined);
    const edits = await ben.run(`/edits ${seq}`);
    assert.ok(edits.kind === "revisions");
    assert.deepEqual(edits.revisions.revisions.map(({ text }) => text), ["good mornig", "good morning"]);
    await assert.rejects(ben.run(`/edit ${seq} mine`), Refusal);
    assert.deepEqual(await ana.run(`/delete ${seq}`), { kind: "done" });
    await ben.sees("deleted", { target: seq, from: "ana" });
    await ben.has(
      seq,
      ({ text, deleted, edited }) => text === undefined && deleted === true && edited === undefined,
    );
    await ana.has(seq, ({ deleted }) => deleted === true);
    assert.deepEqual(ben.model(), ana.model());
    assert.doesNotMatch(JSON.stringify(ben.model()), /good morn/);
  }));

Deno.test("a thread grows by replies, is followed, read and left alone", () =>
  withPeople(async ({ ana, ben }) => {
    const { seq } = await ana.says("lunch?");
    const reply = await ben.run(`/reply ${seq} yes\nat noon`);
    assert.deepEqual(reply, { kind: "said", room: "general", text: "yes\nat noon", thread: seq });
    await ben.says("yes", { thread: seq });
    await ana.has(seq, ({ replies }) => replies?.count === 1);
    assert.equal(ana.room()?.unread, 0);
    const threads = await ana.run("/threads");
    assert.ok(threads.kind === "threads" && threads.threads[0]?.unread === 1);
    assert.equal(ana.room()?.threads.get(seq)?.unread, 1);
    await ben.says("or one?", { thread: seq });
    await ana.has(seq, ({ replies }) => replies?.count === 2);
    assert.equal(ana.room()?.threads.get(seq)?.unread, 2);
    const thread = await ana.run(`/thread ${seq}`);
    assert.ok(thread.kind === "thread");
    assert.deepEqual(thread.thread.messages.map((each) => each.type === "message" && each.text), [
      "yes",
      "or one?",
    ]);
    await ana.until(() => ana.room()?.threads.get(seq)?.unread === 0);
    assert.equal((await ana.run(`/unfollow ${seq}`)).kind, "told");
    await ana.until(() => ana.room()?.threads.get(seq)?.following === false);
    assert.equal((await ana.run(`/follow ${seq}`)).kind, "told");
    const quote = await ben.run(`/quote ${seq} about that`);
    assert.deepEqual(quote, { kind: "said", room: "general", text: "about that", quote: seq });
  }));

Deno.test("what is unread is told alike by the server and by counting, and can be marked again", () =>
  withPeople(async ({ ana, ben }) => {
    const first = await ana.says("one");
    await ana.says("two @ben");
    await ben.until(() => ben.room()?.unread === 2 && ben.room()?.mentions === 1);
    const unread = await ben.run("/unread");
    assert.deepEqual(unread.kind === "unread" && unread.rooms.map(({ name }) => name), ["general"]);
    const mentions = await ben.run("/mentions");
    assert.ok(mentions.kind === "messages" && mentions.messages[0]?.message.type === "message");
    ben.connection.markRead("general", first.seq + 1);
    assert.deepEqual([ben.room()?.unread, ben.room()?.mentions], [0, 0]);
    assert.deepEqual(await ben.run(`/unread ${first.seq + 1}`), { kind: "kept_unread", room: "general" });
    await ben.until(() => ben.room()?.unread === 1 && ben.room()?.mentions === 1);
    await ana.run(`/edit ${first.seq + 1} two`);
    await ben.until(() => ben.room()?.mentions === 0);
    await ana.run(`/delete ${first.seq + 1}`);
    await ben.until(() => ben.room()?.unread === 0);
  }));

Deno.test("a direct conversation is called by its people, and what is said with it is said there", () =>
  withPeople(async ({ ana, ben }) => {
    const opened = await ana.run("/dm @ben are you there?");
    assert.ok(opened.kind === "turned");
    assert.equal(opened.text, "are you there?");
    assert.equal(roomLabel(ana.connection.model(), opened.room), "@ben");
    assert.deepEqual(await ana.run("/room @ben"), { kind: "turned", room: opened.room });
    assert.match(textOf(await ana.run("/room @eve")), /^You have no such conversation: /);
    await ana.connection.say(opened.room, "yes?");
    await ben.watch.text(opened.room, "yes?");
    const room = ben.connection.model().rooms.get(opened.room);
    assert.deepEqual([room?.access, room?.people, room?.unread], ["direct", ["ana", "ben"], 1]);
    assert.deepEqual(await ben.run("/dm ana"), { kind: "turned", room: opened.room, text: undefined });
  }));

Deno.test("a room is seen to by its moderators", () =>
  withPeople(async ({ ana, ben }) => {
    await ana.run("/create ops Things that run");
    ana.turnTo("ops");
    assert.deepEqual(await ana.run("/add ben"), { kind: "done" });
    await ben.until(() => ben.connection.model().rooms.has("ops"));
    ben.turnTo("ops");
    assert.equal(textOf(await ana.run("/topic")), "Things that run");
    assert.equal(textOf(await ana.run("/describe")), "This room has no description.");
    await ana.run("/topic Things that  fall");
    await ben.until(() => ben.room()?.topic === "Things that  fall");
    await ana.run("/describe For those on call");
    assert.equal(textOf(await ana.run("/describe")), "For those on call");
    await ana.run("/access private");
    await ben.until(() =>
      ben.room()?.description === "For those on call" && ben.room()?.access === "private"
    );
    await ana.run("/mute ben");
    await ben.until(() => ben.room()?.standing === "muted");
    await assert.rejects(
      ben.connection.say("ops", "hm"),
      (refusal) => refusal instanceof Refusal && refusal.code === "muted",
    );
    await ana.run("/mod @ben");
    await ben.until(() => ben.room()?.standing === "moderator");
    await ana.run("/usual ben");
    await ana.run("/archive");
    await ben.until(() => ben.room()?.archived === true && ben.room()?.standing === "member");
    await ana.run("/archive off");
    assert.deepEqual(await ana.run("/topic none"), { kind: "done" });
    await ana.run("/ban ben");
    await ben.until(() => !ben.connection.model().rooms.has("ops"));
    await ana.run("/add ben");
    await ben.until(() => ben.connection.model().rooms.has("ops"));
    await ana.run("/kick ben");
    await ben.until(() => !ben.connection.model().rooms.has("ops"));
  }));

Deno.test("a room is private from its first moment on where that is asked for", () =>
  withPeople(async ({ ana, ben }) => {
    assert.deepEqual(await ana.run("/create wages private What is paid"), { kind: "turned", room: "wages" });
    const seen = async ({ connection }: Person) =>
      (await connection.request({ type: "rooms" })).rooms
        .filter(({ room }) => room === "wages").map(({ access, topic }) => [access, topic]);
    assert.deepEqual(await seen(ana), [["private", "What is paid"]]);
    assert.deepEqual(await seen(ben), []);
  }));

Deno.test("whoever is not in a room can be banned from it, and that is said", () =>
  withPeople(async ({ ana, ben }) => {
    await ana.run("/create ops");
    ana.turnTo("ops");
    const told = "ben is not in this room, and cannot come back: /add ends that.";
    for (const _ of ["once", "again"]) assert.equal(textOf(await ana.run("/ban ben")), told);
    await assert.rejects(ben.run("/join ops"), Refusal);
    const list = "Banned from this room: ben. /add NAME lets somebody in again.";
    assert.equal(textOf(await ana.run("/bans")), list);
    await ana.run("/add ben");
    assert.equal(textOf(await ana.run("/bans")), "Nobody is banned from this room.");
  }));

Deno.test("people tell of themselves, choose what they are notified of, and find their unsent texts", () =>
  withPeople(async ({ ana, ben }) => {
    await ben.run("/name Ben the Builder");
    await ben.run("/zone Europe/Lisbon");
    await ben.run("/status on a roof");
    const profile = await ana.run("/profile ben");
    assert.ok(profile.kind === "profile");
    const { displayName, timeZone, statusText } = profile.profile;
    assert.deepEqual([displayName, timeZone, statusText], ["Ben the Builder", "Europe/Lisbon", "on a roof"]);
    await ben.run("/status none");
    await ana.until(() => ana.connection.model().profiles.get("ben")?.statusText === undefined);
    assert.match(textOf(await ben.run("/status busy")), /busy/);
    assert.equal(ben.connection.model().me.busy, true);
    await ana.until(() => ana.connection.model().presence.get("ben") === "busy");
    await ben.run("/status online");
    assert.match(textOf(await ben.run("/notify mentions")), /means you/);
    assert.equal(ben.room()?.level, "mentions");
    assert.match(textOf(await ben.run("/notify")), /means you/);
    await ben.connection.request({ type: "draft", room: "general", text: "not yet" });
    const drafts = await ben.run("/drafts");
    assert.deepEqual(drafts.kind === "drafts" && drafts.drafts.map(({ text }) => text), ["not yet"]);
  }));

Deno.test("a message is shown with what is around it, and has a link that leads there", () =>
  withPeople(async ({ ana }) => {
    const { seq } = await ana.says("here");
    const shown = await ana.run(`/show ${seq}`);
    assert.ok(shown.kind === "history" && shown.events.some((event) => event.seq === seq));
    assert.deepEqual(ana.shown, []);
    await ana.run("/show 999");
    assert.deepEqual(ana.shown, ["Nothing has the number 999 in this room: this is what is nearest."]);
    const { host, port } = ana.connection.address;
    assert.deepEqual(await ana.run(`/link ${seq}`), {
      kind: "link",
      link: `chat://${host}:${port}/general/${seq}`,
    });
    assert.deepEqual(await ana.run("/me waves"), { kind: "said", room: "general", text: "/me waves" });
  }));

Deno.test("what was said is found by its words, and by who said it where", () =>
  withPeople(async ({ ana, ben }) => {
    const { seq } = await ana.says("a needle in the hay");
    await ben.says("no needles here");
    const found = async (line: string) => {
      const outcome = await ben.run(line);
      assert.ok(outcome.kind === "found", line);
      return outcome.found.results.map(({ message }) => message.seq);
    };
    assert.deepEqual(await found('/search "needle in" from:@ana in:#general after:2020-01-01'), [seq]);
    assert.deepEqual(await found("/search needle in:here"), [seq]);
    assert.deepEqual(await found("/search needle from:ben"), []);
    assert.deepEqual(await found("/search needle before:2020-01-01"), []);
  }));

Deno.test("a command without what it needs says how it is written", () =>
  withPeople(async ({ ana }) => {
    for (
      const line of [
        ...[
          "/edit",
          "/reply 1",
          "/reply no number",
          "/quote",
          "/react",
          "/react 1 two words",
          "/react 1 nonsense",
          "/pin x",
          "/thread",
        ],
        ...[
          "/show",
          "/follow",
          "/me",
          "/dm",
          "/add",
          "/kick",
          "/access",
          "/archive on",
        ],
        ...[
          "/name",
          "/zone",
          "/status",
          "/notify loud",
          "/search",
          "/search before:2026-07-24",
          "/search has:luck",
          "/search before:noon x",
        ],
        ...["/deactivate", "/help nothing", "/unread x", "/link x"],
      ]
    ) {
      const outcome = await ana.run(line);
      assert.ok(
        outcome.kind === "mistake" && outcome.text.includes(`It is written ${line.split(" ")[0]}`),
        line,
      );
    }
    const help = await ana.run("/help edit");
    assert.deepEqual(help.kind === "explained" && help.commands.map(({ name }) => name), ["edit"]);
    for (const group of ["moderating", "Seeing to  a room"]) {
      assert.equal((await ana.run(`/help ${group}`)).kind, "explained", group);
    }
  }));

function textOf(outcome: Outcome): string {
  return "text" in outcome ? outcome.text ?? "" : outcome.kind;
}

/** Somebody who talks in a room and watches it. */
class Person {
  readonly connection: Connection;
  readonly watch: Watch;
  /** What commands have shown before they were done. */
  readonly shown: string[] = [];
  #room = "general";

  constructor(connection: Connection) {
    this.connection = connection;
    this.watch = new Watch(connection);
  }

  turnTo(room: string): void {
    this.#room = room;
  }

  async run(line: string): Promise<Outcome> {
    const intent = understand(line);
    assert.ok(intent.kind === "run", line);
    const desk = {
      connection: this.connection,
      room: this.#room,
      show: (outcome: Outcome) => void this.shown.push(textOf(outcome)),
    };
    return await intent.command.run(desk, intent.words, intent.rest);
  }

  async says(text: string, place?: { readonly thread?: number }): Promise<{ readonly seq: number }> {
    return await this.connection.say(this.#room, text, place);
  }

  room(): ReturnType<Person["connection"]["model"]>["rooms"] extends ReadonlyMap<string, infer Room>
    ? Room | undefined
    : never {
    return this.connection.model().rooms.get(this.#room);
  }

  model(): unknown {
    const { events, topic, archived } = this.room() ?? {};
    return JSON.parse(JSON.stringify({ events, topic, archived }));
  }

  /** Waits for an event of this type with these parts, and that it has come once. */
  async sees(type: string, parts: Readonly<Record<string, unknown>>): Promise<void> {
    const fits = ({ event }: { readonly event: Readonly<Record<string, unknown>> }) =>
      event.type === type && Object.entries(parts).every(([name, value]) => event[name] === value);
    await this.watch.for("event", fits);
    assert.equal(this.watch.of("event").filter(fits).length, 1);
  }

  async has(seq: number, fits: (message: Message) => boolean): Promise<void> {
    await this.until(() => {
      const message = messageAt(this.room(), seq);
      return message !== undefined && fits(message);
    });
  }

  /** Waits until it is so, looking again whenever something happens. */
  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const cancel = this.connection.listen(() => resolve());
      await promise;
      cancel();
    }
  }
}

function withPeople(
  use: (people: { readonly ana: Person; readonly ben: Person }) => Promise<void>,
): Promise<void> {
  return withServer(async (server) => {
    const [ana, ben] = [
      new Person(await registered(server, "ana")),
      new Person(await registered(server, "ben")),
    ];
    try {
      await ana.watch.for("caught_up");
      await ben.watch.for("caught_up");
      await use({ ana, ben });
    } finally {
      await Promise.all([ana.connection.close(), ben.connection.close()]);
    }
  });
}
