/** Who may do what to messages, written down here apart from the code that decides it. */
import assert from "node:assert/strict";
import { TestHub, type Visitor } from "../../kit/hub.ts";

const cast = ["outsider", "guest", "member", "muted", "moderator", "admin"] as const;

/** Where a message of the member stands: in an open room, in one that is archived, in a conversation of two. */
const places = ["open", "archived", "direct"] as const;

type Outcomes = readonly [
  outsider: string,
  guest: string,
  member: string,
  muted: string,
  moderator: string,
  admin: string,
];

const outside = "not_a_member", noMessage = "no_such_message";

function all(outcome: string): Outcomes {
  return [outside, outcome, outcome, outcome, outcome, outcome];
}

/** Whoever may speak may do it. */
function speakers(outcome: string): Outcomes {
  return [outside, outcome, outcome, "muted", outcome, outcome];
}

/** What each may do to the member's message in an open room; in an archived one it is the second. */
const expected: Readonly<Record<string, readonly [frame: object, open: Outcomes, archived: Outcomes]>> = {
  send: [{ text: "x" }, speakers("ok"), all("archived")],
  "send in a thread": [{ text: "x", thread: "seq" }, speakers("ok"), all("archived")],
  edit: [
    { text: "y" },
    [outside, "forbidden", "ok", "muted", "forbidden", "forbidden"],
    all("archived"),
  ],
  delete: [{}, [outside, "forbidden", "ok", "forbidden", "ok", "ok"], all("archived")],
  revisions: [{}, all("revisions"), all("revisions")],
  react: [{ emoji: "👍" }, speakers("ok"), all("archived")],
  unreact: [{ emoji: "👍" }, all("ok"), all("archived")],
  pin: [{}, speakers("ok"), all("archived")],
  unpin: [{}, speakers("ok"), all("archived")],
  pins: [{}, all("messages"), all("messages")],
  thread: [{}, all("thread"), all("thread")],
  follow: [{ following: true }, all("ok"), all("ok")],
  read_thread: [{ read: 1 }, all("ok"), all("ok")],
  history: [{}, all("history"), all("history")],
};

/** A room of this kind with all but the outsider in it, and a message of the member. */
async function setUp(place: (typeof places)[number]) {
  const bench = new TestHub();
  await bench.newcomer("owner");
  const people = new Map<string, Visitor>();
  for (const name of cast) {
    people.set(name, await bench.newcomerAs(name === "guest" || name === "admin" ? name : "member", name));
  }
  const at = (name: string) => people.get(name) ?? assert.fail(name);
  const room = place === "direct"
    ? (await at("member").ask({ type: "direct", usernames: ["admin"] })).room
    : (await at("moderator").ask({ type: "create", room: "ops" })).room;
  for (const username of place === "direct" ? [] : ["guest", "member", "muted", "admin"]) {
    await at("moderator").ask({ type: "add", room, username });
  }
  const { seq } = await at("member").ask({ type: "send", room, text: "said" });
  if (place !== "direct") {
    await at("moderator").ask({ type: "standing", room, username: "muted", standing: "muted" });
  }
  if (place === "archived") await at("moderator").ask({ type: "change", room, archived: true });
  return { at, room, seq };
}

async function outcomesOf(place: (typeof places)[number], verb: string, frame: object): Promise<string[]> {
  const outcomes: string[] = [];
  for (const name of cast) {
    const { at, room, seq } = await setUp(place);
    const type = verb.replace(" in a thread", "");
    const where = type === "send" ? { room } : { room, seq };
    const filled = "thread" in frame ? { ...frame, thread: seq } : frame;
    const answer = await at(name).ask({ ...where, ...filled, type });
    outcomes.push(answer.code ?? answer.type);
  }
  return outcomes;
}

for (const [verb, [frame, open, archived]] of Object.entries(expected)) {
  Deno.test(`to a message, ${verb} is for whom it is for, and refused to everybody else`, async () => {
    assert.deepEqual(await outcomesOf("open", verb, frame), open);
    assert.deepEqual(await outcomesOf("archived", verb, frame), archived);
  });
}

Deno.test("in a direct conversation nobody, whatever their role, touches what the other has said", async () => {
  const { at, room, seq } = await setUp("direct");
  const admin = at("admin");
  assert.equal((await admin.ask({ type: "delete", room, seq })).code, "forbidden");
  assert.equal((await admin.ask({ type: "edit", room, seq, text: "y" })).code, "forbidden");
  assert.equal((await at("moderator").ask({ type: "history", room })).code, outside);
  assert.equal((await at("member").ask({ type: "delete", room, seq })).type, "ok");
});

Deno.test("nobody learns what is in a room by asking for its messages", async () => {
  const { at, room, seq } = await setUp("open");
  const answers = [];
  for (const where of [{ room, seq }, { room, seq: seq + 9 }, { room: "nowhere", seq }]) {
    for (const verb of ["edit", "delete", "revisions", "thread", "pin"]) {
      answers.push((await at("outsider").ask({ type: verb, text: "x", ...where })).code);
    }
  }
  assert.deepEqual(new Set(answers), new Set([outside]));
  assert.equal((await at("member").ask({ type: "pin", room, seq: seq + 9 })).code, noMessage);
});

Deno.test("muted people may take back what they said and put", async () => {
  const { at, room } = await setUp("open");
  const guest = at("guest");
  const { seq } = await guest.ask({ type: "send", room, text: "oh" });
  await guest.ask({ type: "react", room, seq, emoji: "👍" });
  await at("moderator").ask({ type: "standing", room, username: "guest", standing: "muted" });
  assert.equal((await guest.ask({ type: "unreact", room, seq, emoji: "👍" })).type, "ok");
  assert.equal((await guest.ask({ type: "delete", room, seq })).type, "ok");
});
