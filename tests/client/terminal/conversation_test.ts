import assert from "node:assert/strict";
import { Conversation } from "../../../client/terminal/conversation.ts";
import { hourText } from "../../../client/terminal/date_text.ts";
import { eventLines } from "../../../client/terminal/event_lines.ts";
import type { Stage } from "../../../client/terminal/stage.ts";
import { type Line, paint } from "../../../client/terminal/styled_line.ts";
import { type ManualClock, manualClock } from "../../kit/manual_clock.ts";
import { answering } from "../../kit/answering.ts";
import { general, type Scene, tellHistory, welcome, withScene } from "../../kit/script.ts";
import { type Heard, hello, type Peer } from "../../kit/scripted_server.ts";
import { testWorld } from "../../kit/world.ts";

const testFolders = { home: undefined, downloads: "downloads" };

Deno.test("words do not wait for a command that has no answer yet", () =>
  withTalk(async ({ scene: { peer }, conversation, shown }) => {
    conversation.enter("/who");
    conversation.enter("these words");
    const who = await hear(peer, "who");
    const said = await hear(peer, "send");
    assert.deepEqual([said.room, said.text], ["general", "these words"]);
    await peer.say({ type: "ok", re: said.id, room: "general", seq: 2, time: 2 });
    await peer.say({ type: "who", re: who.id, room: "general", users: [], more: false });
    await conversation.agenda.done;
    assert.match(shown.join("\n"), /0 members in #general/);
  }));

Deno.test("words behind a command that leads to another room wait in sight, and are said there", () =>
  withTalk(async ({ scene: { peer }, conversation }) => {
    conversation.enter("/join ops");
    conversation.enter("who is");
    conversation.enter("on call?");
    const join = await hear(peer, "join");
    assert.deepEqual(conversation.agenda.held.map(({ text }) => text), ["who is", "on call?"]);
    await peer.say({ type: "ok", re: join.id, room: "ops", seq: 1, time: 1 });
    const said: unknown[] = [];
    while (said.length < 2) {
      const heard = await hear(peer, "send");
      said.push([heard.room, heard.text]);
      await peer.say({ type: "ok", re: heard.id, room: "ops", seq: said.length + 1, time: 1 });
    }
    assert.deepEqual(said, [["ops", "who is"], ["ops", "on call?"]]);
    assert.deepEqual(conversation.agenda.held, []);
  }));

Deno.test("words that were meant for a room to which the person did not get are said nowhere else", () =>
  withTalk(async ({ scene: { peer, server }, conversation, shown }) => {
    conversation.enter("/join ops");
    conversation.enter("for ops alone");
    const join = await hear(peer, "join");
    await peer.say({ type: "error", re: join.id, code: "no_such_room", message: "There is no such room" });
    await conversation.agenda.done;
    assert.deepEqual(shown.slice(-2), [
      "  ✗ There is no such room",
      "  ✗ Not sent: The command before it was not done. ↑ brings your words back.",
    ]);
    conversation.enter("for all");
    assert.equal((await hear(peer, "send")).text, "for all");
    assert.equal(server.heard.filter(({ type }) => type === "send").length, 1);
  }));

Deno.test("whoever quits while the server is silent is shown what is sent later, and what is not", () =>
  withTalk(async ({ scene: { peer, connection }, conversation, clock, shown }) => {
    conversation.enter("/who");
    conversation.enter("kept");
    await hear(peer, "who");
    await hear(peer, "send");
    conversation.enter("/join ops");
    conversation.enter("in which room?\nnobody knows");
    const over = conversation.quit();
    await clock.pass(3_000);
    await hear(peer, "quit").then(({ id }) => peer.say({ type: "ok", re: id }));
    await over;
    assert.equal(await conversation.over, 1);
    assert.deepEqual(shown.slice(-5), [
      "  Not sent yet: 1 message. It is sent when you connect again:",
      "  #general  kept",
      "  Not sent, and not kept: 1 message. Copy what you need:",
      "    in which room?",
      "    nobody knows",
    ]);
    assert.equal(connection.isOutboxKept(), true);
  }));

Deno.test("whoever asks twice to leave does not wait, and is shown what was left once", () =>
  withTalk(async ({ scene: { peer }, conversation, shown }) => {
    conversation.enter("kept");
    await hear(peer, "send");
    const over = conversation.quit();
    await conversation.quit();
    await hear(peer, "quit").then(({ id }) => peer.say({ type: "ok", re: id }));
    await over;
    assert.equal(shown.filter((line) => line.startsWith("  Not sent yet")).length, 1);
  }));

Deno.test("an end that the server brings about lists what waits for a command too", () =>
  withTalk(async ({ scene: { peer }, conversation, shown }) => {
    conversation.enter("/join ops");
    conversation.enter("lost for words");
    await hear(peer, "join");
    await peer.say({ type: "bye", code: "revoked", message: "This login was ended" });
    assert.equal(await conversation.over, 1);
    assert.deepEqual(shown.slice(-3), [
      "  It ends here: This login was ended",
      "  Not sent, and not kept: 1 message. Copy what you need:",
      "    lost for words",
    ]);
  }));

Deno.test("a pipe does one after another, each before the next", () =>
  withTalk(async ({ scene: { peer }, conversation }) => {
    conversation.enter("one");
    conversation.enter("/history");
    const said = await hear(peer, "send");
    await peer.say({ type: "ok", re: said.id, room: "general", seq: 2, time: 2 });
    await tellHistory(peer, 1, 1);
    await conversation.agenda.done;
  }, { hasAudience: false }));

Deno.test("a large room is entered without its members' names", () =>
  withTalk(async ({ scene: { peer }, conversation, shows }) => {
    for (const [room, members] of [["huge", 5_000], ["small", 2]] as const) {
      conversation.enter(`/join ${room}`);
      const join = await hear(peer, "join");
      await peer.say({ type: "ok", re: join.id, room, seq: 1, time: 1 });
      const listed = { room, kind: "standard", access: "public", members, member: true } as const;
      // The connection asks what the room is about, and the face how many are in it.
      for (let asked = 0; asked < 2; asked++) {
        const listing = await hear(peer, "rooms");
        assert.equal(listing.after, room.slice(0, -1));
        await peer.say({ type: "rooms", re: listing.id, rooms: [listed], more: false });
      }
      if (room === "huge") await shows("  Joined #huge with 4999 people. 0 unread.");
    }
    const who = await hear(peer, "who");
    assert.equal(who.room, "small");
    const users = [{ username: "zoe", status: "online" }] as const;
    await peer.say({ type: "who", re: who.id, room: "small", users, more: false });
    await shows("  Joined #small with 1 person. 0 unread.");
    assert.deepEqual([...conversation.view.company], ["zoe"]);
  }));

Deno.test("whoever is confined is led into two-factor, and is in the first room afterwards", () => {
  const asker = answering("y", "password", "123456", "");
  return withConfined({ asker }, async ({ peer, server, shows, shown }) => {
    await shows(
      "  This server demands two-factor of everybody, and you have none yet. Setting it up takes a minute.",
    );
    const begin = await hear(peer, "two_factor_begin");
    await peer.say({ type: "two_factor_secret", re: begin.id, secret: "ABCD", uri: "otpauth://x" });
    const confirm = await hear(peer, "two_factor_confirm");
    await peer.say({ type: "recovery_codes", re: confirm.id, codes: ["one", "two"] });
    const quit = await hear(peer, "quit");
    await peer.say({ type: "ok", re: quit.id });
    const full = await server.accept();
    await full.say(hello);
    await welcome(full, "resume", [general(1)]);
    await tellHistory(full, 1, 1);
    const { id } = await hear(full, "rooms");
    await full.say({ type: "rooms", re: id, rooms: [], more: false });
    await shows("  Joined #general. 0 unread.");
    assert.ok(shown.includes("    one    two"));
    assert.deepEqual(asker.asked, [
      "Set two-factor up now? [y/N]",
      "*Your password",
      "Code from your app",
      "Press Enter when you have kept them",
    ]);
  });
});

Deno.test("a sentence that somebody was typing when they became confined is not taken for their password", () => {
  const asker = answering("the rest of a sentence");
  return withConfined({ asker }, async ({ shows, server }) => {
    await shows(
      "  Two-factor is not set up. Until it is, nothing else can be done here: /2fa on goes on, /quit leaves.",
    );
    assert.deepEqual(asker.asked, ["Set two-factor up now? [y/N]"]);
    assert.ok(!server.heard.some(({ type }) => type === "two_factor_begin"));
  });
});

Deno.test("whoever is confined is told why nothing can be said, and offered only what can be done", () =>
  withConfined({ asker: answering("") }, async ({ conversation, shown }) => {
    await conversation.agenda.done;
    conversation.enter("hello?");
    assert.equal(shown.at(-1), "  ✗ Not before two-factor is set up: /2fa on does it");
    const before = shown.length;
    conversation.enter("/help");
    await conversation.agenda.done;
    const offered = shown.slice(before).filter((line) => /^ {2}.* {2}\//.test(line)).flatMap((line) =>
      line.match(/(?<=\/)\w+/g) ?? []
    );
    assert.deepEqual(offered, ["help", "quit", "password", "2fa", "devices", "revoke"]);
  }));

Deno.test("whoever has to wait is told how long", () =>
  withTalk(async ({ scene: { peer }, conversation, shown }) => {
    conversation.enter("/join ops");
    const { id } = await hear(peer, "join");
    await peer.say({ type: "error", re: id, code: "rate_limited", message: "Too fast", retryAfterMs: 4_000 });
    await conversation.agenda.done;
    assert.equal(shown.at(-1), "  ✗ Too fast. The next try is possible in 4 s");
  }));

Deno.test("whoever is confined and would rather not is told that nothing else can be done", () =>
  withConfined({ asker: answering("y", "") }, async ({ shows }) => {
    await shows(
      "  Two-factor is not set up. Until it is, nothing else can be done here: /2fa on goes on, /quit leaves.",
    );
  }));

Deno.test("a confined pipe ends with a sentence, and a screen reader is told the command", async () => {
  await withConfined({ hasAudience: false, hasKeys: false }, async ({ conversation, shown }) => {
    assert.equal(await conversation.over, 1);
    assert.match(
      shown.join(),
      /It ends here: This server demands two-factor of everybody\. Connect once from/,
    );
  });
  await withConfined({ hasKeys: false, asker: answering() }, async ({ shows }) => {
    await shows(
      "  This server demands two-factor of everybody, and you have none yet. Type /2fa on to set it up.",
    );
  });
});

Deno.test("keys are held from the moment a command may ask, until it is done", async () => {
  const events: string[] = [];
  const holdKeys = () => {
    events.push("held");
    return () => void events.push("released");
  };
  await withTalk(async ({ scene: { peer }, conversation }) => {
    conversation.enter("/who");
    assert.deepEqual(events, []);
    conversation.enter("/password");
    conversation.enter("/password");
    assert.deepEqual(events, ["held"]);
    const { id } = await hear(peer, "who");
    await peer.say({ type: "who", re: id, room: "general", users: [], more: false });
    await conversation.agenda.done;
    assert.deepEqual(events, ["held", "released"]);
  }, { holdKeys, asker: answering("", "") });
});

Deno.test("a command that asks is seen waiting for the one before it, and can be taken back", async () => {
  const events: string[] = [];
  let takeBack = () => {};
  const wait = (name: string, back: () => void) => {
    events.push(`${name} waits`);
    takeBack = back;
    return () => void events.push("waits no more");
  };
  const holdKeys = () => () => void events.push("released");
  await withTalk(async ({ scene: { peer, server }, conversation, shown }) => {
    conversation.enter("/password");
    await conversation.agenda.done;
    assert.deepEqual(events.splice(0), ["released"]);
    conversation.enter("/who");
    const { id } = await hear(peer, "who");
    conversation.enter("/revoke others");
    assert.deepEqual(events.splice(0), ["revoke waits"]);
    takeBack();
    assert.deepEqual(events.splice(0), ["waits no more", "released"]);
    assert.equal(shown.at(-1), "  /revoke is taken back: nothing was changed.");
    conversation.enter("/password");
    await peer.say({ type: "who", re: id, room: "general", users: [], more: false });
    await conversation.agenda.done;
    assert.deepEqual(events, ["password waits", "waits no more", "released"]);
    takeBack();
    assert.ok(!server.heard.some(({ type }) => type === "devices"));
  }, { wait, holdKeys, asker: answering("", "") });
});

Deno.test("nobody is asked whether they meant a command that they have no use for", () =>
  withTalk(async ({ conversation, shown }) => {
    conversation.enter("/polcy");
    await conversation.agenda.done;
    assert.equal(shown.at(-1), "  ✗ There is no such command. /help lists all; // begins a text with /");
  }));

Deno.test("whoever is added to a room is told by whom, and sees and hears what is said there first", async () => {
  let rings = 0;
  await withTalk(async ({ scene: { peer }, shows, shown }) => {
    const joined = { type: "joined", seq: 5, time: 1, username: "ana", by: "ben" } as const;
    const first = {
      type: "message",
      seq: 6,
      time: 1,
      from: "ben",
      text: "@ana first",
      mentions: ["ana"],
    } as const;
    await peer.say({ ...joined, room: "ops" }, { ...first, room: "ops" });
    const { id } = await hear(peer, "history");
    const old = { type: "message", seq: 4, time: 1, from: "eve", text: "long ago" } as const;
    await peer.say({ type: "history", re: id, room: "ops", messages: [old, joined, first], more: false });
    await shows(`     ${hourText(1)} #ops ben  @ana first`);
    assert.ok(
      shown.includes(`     ${hourText(1)} #ops → ben added you: /room ops turns to it`),
      shown.join("\n"),
    );
    assert.ok(!shown.join("\n").includes("long ago"));
    assert.equal(rings, 1);
  }, { ring: () => void rings++ });
});

Deno.test("whoever becomes a member is here when the server says so, and that is told once", () =>
  withTalk(async ({ scene: { peer, connection, sees }, shows, shown }) => {
    const here = { room: "general", time: 1 } as const;
    await peer.say({ ...here, type: "joined", seq: 2, username: "zoe", by: "ben" });
    await peer.say({ ...here, type: "joined", seq: 3, username: "eve" });
    await shows(`     ${hourText(1)} → eve joined`);
    assert.deepEqual([...connection.model().presence.keys()], []);
    await peer.say(
      { type: "presence", username: "eve", status: "online" },
      { type: "presence", username: "zoe", status: "online" },
      { ...here, type: "message", seq: 4, from: "ben", text: "hello" },
    );
    await sees.text("general", "hello");
    assert.deepEqual(shown.slice(-4), [
      `     ${hourText(1)} → zoe joined, added by ben`,
      `     ${hourText(1)} → eve joined`,
      "      · zoe is here",
      `   4 ${hourText(1)} ben  hello`,
    ]);
  }));

Deno.test("of rooms in which a person does not talk, they see what is said, and what happens to themselves", () =>
  withTalk(async ({ scene: { peer, sees }, conversation, shows, shown }) => {
    conversation.enter("/join ops");
    const join = await hear(peer, "join");
    await peer.say({ type: "ok", re: join.id, room: "ops", seq: 1, time: 1 });
    const { id } = await hear(peer, "history");
    await peer.say({ type: "history", re: id, room: "ops", messages: [], more: false });
    await sees.for("caught_up", ({ room }) => room === "ops");
    const there = { room: "general", time: 1 } as const;
    await peer.say(
      { ...there, type: "joined", seq: 2, username: "zoe" },
      { ...there, type: "reacted", seq: 3, from: "zoe", target: 1, emoji: "+1" },
      { ...there, type: "standing", seq: 4, username: "ana", by: "ben", standing: "moderator" },
      { ...there, type: "message", seq: 5, from: "ben", text: "heard" },
    );
    await shows(`     ${hourText(1)} #general ben  heard`);
    assert.ok(shown.includes(`     ${hourText(1)} #general · ana is a moderator now, by ben`));
    assert.doesNotMatch(shown.join("\n"), /zoe/);
  }));

Deno.test("nobody is asked whether they are sure of what their role may not do", () => {
  const asker = answering("y");
  return withTalk(async ({ conversation, shown }) => {
    conversation.enter("/deactivate ben");
    await conversation.agenda.done;
    assert.equal(
      shown.at(-1),
      "  ✗ /deactivate is not for members. Ask an owner or an admin of this server",
    );
    assert.deepEqual(asker.asked, []);
  }, { asker });
});

Deno.test("a new role and an alert are shown", () =>
  withTalk(async ({ scene: { peer }, shows, shown }) => {
    await peer.say({ type: "role", role: "admin" }, {
      type: "alert",
      about: "new_login",
      device: "x",
      time: 7,
    });
    await shows("  You are an admin now. /help shows what you can do.");
    await shows("    Not you? /devices shows it, /revoke logs it out, /password changes your password.");
    assert.match(shown.join("\n"), /New login to your account from "x" on /);
  }));

Deno.test("what means the person rings, here and elsewhere, and a level keeps the rest away", async () => {
  let rings = 0;
  await withTalk(async ({ scene: { peer, sees }, conversation, shows, shown }) => {
    const said = { type: "message", room: "general", from: "ben", time: 1 } as const;
    await peer.say({ ...said, seq: 2, text: "to nobody" }, {
      ...said,
      seq: 3,
      text: "@ana!",
      mentions: ["ana"],
    });
    await shows(`   3 ${hourText(1)} ben  @ana!`);
    assert.equal(rings, 1);
    conversation.enter("/join ops");
    const join = await hear(peer, "join");
    await peer.say({ type: "ok", re: join.id, room: "ops", seq: 1, time: 1 });
    const { id } = await hear(peer, "history");
    await peer.say({ type: "history", re: id, room: "ops", messages: [], more: false });
    await sees.for("caught_up", ({ room }) => room === "ops");
    await peer.say(
      { type: "level", room: "general", level: "mentions" },
      { ...said, seq: 4, text: "noise" },
      { ...said, seq: 5, text: "all of you", mentions: ["@room"] },
    );
    await shows(`     ${hourText(1)} #general ben  all of you`);
    assert.equal(rings, 2);
    await peer.say({ type: "level", room: "general", level: "nothing" }, {
      ...said,
      seq: 6,
      text: "@ana?",
      mentions: ["ana"],
    });
    await peer.say({ type: "presence", username: "ana", status: "busy" });
    await sees.text("general", "@ana?");
    assert.equal(rings, 2);
    assert.doesNotMatch(shown.join("\n"), /noise|@ana\?/);
  }, { ring: () => void rings++ });
});

Deno.test("a room that was marked as unread stays so until the person turns to it again", () =>
  withTalk(async ({ scene: { peer, connection, sees }, conversation, shows }) => {
    conversation.enter("/unread 1");
    const { id, seq } = await hear(peer, "unread");
    assert.equal(seq, 1);
    await peer.say({ type: "ok", re: id, room: "general", seq: 0 });
    await peer.say({ type: "unread", room: "general", read: 0, unread: 1, mentions: 0 });
    await shows("  Marked. It stays unread until you turn to this room again, or say something in it.");
    await peer.say({ type: "message", room: "general", seq: 2, time: 2, from: "ben", text: "more" });
    await sees.text("general", "more");
    assert.deepEqual([
      connection.model().rooms.get("general")?.read,
      connection.model().rooms.get("general")?.unread,
    ], [0, 2]);
    conversation.enter("/room general");
    await conversation.agenda.done;
    assert.equal((await hearRead(peer)).seq, 2);
  }));

async function hearRead(peer: Peer): Promise<Heard> {
  for (let heard = await peer.hear();; heard = await peer.hear()) {
    assert.ok(heard !== undefined);
    if (heard.type === "read") return heard;
    await peer.say({ type: "rooms", re: heard.id, rooms: [], more: false });
  }
}

/** The next request of this type. In between the client may tell what was read, and ask for history and rooms: there are none. */
async function hear(peer: Peer, type: string): Promise<Heard> {
  for (;;) {
    const heard = await peer.hear();
    assert.ok(heard !== undefined, `the client ended before it said ${type}`);
    if (heard.type === type) return heard;
    const room = String(heard.room);
    if (heard.type === "read") await peer.say({ type: "ok", re: heard.id });
    else if (heard.type === "history") {
      await peer.say({ type: "history", re: heard.id, room, messages: [], more: false });
    } else if (heard.type === "rooms") {
      await peer.say({ type: "rooms", re: heard.id, rooms: [], more: false });
    } else assert.fail(`${heard.type} in place of ${type}`);
  }
}

interface Talk {
  readonly scene: Scene;
  readonly conversation: Conversation;
  readonly clock: ManualClock;
  /** The lines that were shown so far. */
  readonly shown: readonly string[];
  /** Resolves when this line is among them. */
  shows(line: string): Promise<void>;
}

/** Runs `use` when ana has entered `general`, in which there is one message. */
async function withTalk(
  use: (talk: Talk) => Promise<void>,
  wishes: Partial<Stage> = {},
): Promise<void> {
  const clock = manualClock();
  const world = testWorld({ clock });
  const { hasAudience = true } = wishes;
  await withScene({ world, rooms: [general(1)] }, async (scene) => {
    const { stage, shown, shows } = testStage(wishes);
    const conversation = new Conversation({
      world,
      connection: scene.connection,
      stage,
      folders: testFolders,
    });
    conversation.begin();
    await tellHistory(scene.peer, 1, 1);
    if (hasAudience) {
      const { id } = await hear(scene.peer, "rooms");
      await scene.peer.say({ type: "rooms", re: id, rooms: [], more: false });
      await scene.sees.for("caught_up");
    }
    await use({ scene, conversation, clock, shown, shows });
  });
}

/** Runs `use` when ana has a session that is confined. */
async function withConfined(
  wishes: Partial<Stage>,
  use: (talk: Omit<Talk, "clock" | "scene"> & Pick<Scene, "peer" | "server">) => Promise<void>,
): Promise<void> {
  const world = testWorld();
  await withScene({ world, rooms: [], confined: true }, async ({ peer, server, connection }) => {
    const { stage, shown, shows } = testStage(wishes);
    const conversation = new Conversation({ world, connection, stage, folders: testFolders });
    conversation.begin();
    await use({ peer, server, conversation, shown, shows });
  });
}

function testStage(wishes: Partial<Stage>): Pick<Talk, "shown" | "shows"> & { readonly stage: Stage } {
  const shown: string[] = [];
  let wake = () => {};
  const show = (lines: readonly Line[]) => {
    shown.push(...lines.map((line) => paint(line, false)));
    wake();
  };
  const shows = async (line: string) => {
    while (!shown.includes(line)) await new Promise<void>((resolve) => wake = resolve);
  };
  const stage: Stage = {
    eventLines,
    pastLinesMax: 10,
    hasAudience: true,
    hasKeys: true,
    show,
    remark: show,
    ring() {},
    refresh() {},
    giveBack: () => false,
    holdKeys: () => () => {},
    wait: () => () => {},
    ...wishes,
  };
  return { stage, shown, shows };
}
