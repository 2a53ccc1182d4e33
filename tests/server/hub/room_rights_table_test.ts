/** Every request about a room, by everybody who may stand to it in any way, in every kind of room: written down by hand. */
import assert from "node:assert/strict";
import { ailingStore } from "../../kit/ailing_store.ts";
import { TestHub, type Visitor } from "../../kit/hub.ts";

/** The admin's standing in the rooms is that of a usual member, and so is the guest's. */
const people = ["outsider", "banned", "guest", "muted", "member", "moderator", "admin"] as const;

type Person = (typeof people)[number];

/** Public, private, public and archived, and a direct conversation of all but the first two of these people. */
const kinds = ["open", "shut", "old", "direct"] as const;

/** What the letters of the table stand for; a dot is what is granted. */
const codes: Readonly<Record<string, string>> = {
  n: "not_a_member",
  r: "no_such_room",
  f: "forbidden",
  a: "archived",
  m: "muted",
};

/** `OWN` stands for a message of the one who asks, `BENS` for one of ben, a usual member of all these rooms. */
type Row = readonly [
  type: string,
  frame: Record<string, unknown>,
  ...outcomes: [string, string, string, string],
];

// The columns are in the order of `kinds`, the letters in each in that of `people`.
const reading = ["nn.....", "nn.....", "nn.....", "nn....."] as const;
const saying = ["nn.m...", "nn.m...", "nnaaaaa", "nn....."] as const;
const moderating = ["nnfff..", "nnfff..", "nnfffaa", "nnfffff"] as const;

const rows: readonly Row[] = [
  ["who", {}, ...reading],
  ["history", {}, ...reading],
  ["revisions", { seq: "BENS" }, ...reading],
  ["pins", {}, ...reading],
  ["thread", { seq: "BENS" }, ...reading],
  ["read", { seq: 1 }, ...reading],
  ["unread", { seq: "BENS" }, ...reading],
  ["follow", { seq: "BENS", following: true }, ...reading],
  ["read_thread", { seq: "BENS", read: 1 }, ...reading],
  ["level", { level: "nothing" }, ...reading],
  ["draft", { text: "later" }, ...reading],
  ["send", { text: "hi" }, ...saying],
  ["send", { text: "hi", thread: "BENS" }, ...saying],
  ["send", { text: "hi", quote: "BENS" }, ...saying],
  ["send", { text: "hi", lifeMs: 10_000 }, ...saying],
  ["edit", { seq: "OWN", text: "hi" }, ...saying],
  ["edit", { seq: "BENS", text: "hi" }, "nnfmfff", "nnfmfff", "nnaaaaa", "nnfffff"],
  ["react", { seq: "BENS", emoji: "👍" }, ...saying],
  ["unreact", { seq: "OWN", emoji: "👎" }, "nn.....", "nn.....", "nnaaaaa", "nn....."],
  ["pin", { seq: "BENS" }, ...saying],
  ["unpin", { seq: "OWN" }, ...saying],
  ["typing", {}, ...saying],
  ["delete", { seq: "OWN" }, "nn.....", "nn.....", "nnaaaaa", "nn....."],
  ["delete", { seq: "BENS" }, "nnfff..", "nnfff..", "nnaaaaa", "nnfffff"],
  ["join", {}, ".f.....", "rr.....", "af.....", "rr....."],
  ["leave", {}, "nn.....", "nn.....", "nn.....", "nnfffff"],
  ["add", { username: "newcomer" }, "nnfm...", "nnfmf..", "nnaaaaa", "nnfffff"],
  ["add", { username: "banned" }, "nnfmf..", "nnfmf..", "nnaaaaa", "nnfffff"],
  ["remove", { username: "ben" }, ...moderating],
  ["remove", { username: "ben", ban: true }, ...moderating],
  ["remove", { username: "newcomer", ban: true }, ...moderating],
  ["remove", { username: "admin" }, "nnfffff", "nnfffff", "nnfffaa", "nnfffff"],
  ["bans", {}, "nnfff..", "nnfff..", "nnfff..", "nnfffff"],
  ["standing", { username: "ben", standing: "moderator" }, ...moderating],
  ["standing", { username: "ben", standing: "muted" }, ...moderating],
  ["standing", { username: "admin", standing: "muted" }, "nnfffff", "nnfffff", "nnfffaa", "nnfffff"],
  ["standing", { username: "moderator", standing: "member" }, "nnfffff", "nnfffff", "nnfffaa", "nnfffff"],
  ["change", { topic: "All" }, ...moderating],
  ["change", { access: "private" }, ...moderating],
  ["change", { archived: true }, ...moderating],
  ["change", { archived: false }, "nnfff..", "nnfff..", "nnfff..", "nnfffff"],
  ["change", { retentionMs: 3_600_000 }, "nnfff..", "nnfff..", "nnfffaa", "nn....."],
  ["change", { retentionMs: 3_600_000, topic: "All" }, ...moderating],
];

const { visitorOf, roomOf, messageOf } = await cast();

for (const [type, frame, ...columns] of rows) {
  Deno.test(`${type} ${JSON.stringify(frame)} is granted to those who may, and to nobody else`, async () => {
    for (const [at, kind] of kinds.entries()) {
      for (const [place, person] of people.entries()) {
        const letter = columns[at]?.[place] ?? "";
        const answer = await visitorOf(person).ask({
          ...filled(frame, kind, person),
          type,
          room: roomOf(kind),
        });
        assert.equal(
          outcomeOf(answer),
          codes[letter] ?? "granted",
          `${person} in ${kind}: ${answer.message}`,
        );
      }
    }
  });
}

function filled(frame: Record<string, unknown>, kind: string, person: Person): Record<string, unknown> {
  const meant = (value: unknown) =>
    value === "OWN" ? messageOf(kind, person) : value === "BENS" ? messageOf(kind, "ben") : value;
  return Object.fromEntries(Object.entries(frame).map(([name, value]) => [name, meant(value)]));
}

/** Nothing can be stored any more: what is granted and would change something is taken back, and the next may ask the same. */
function outcomeOf({ code }: { readonly code?: string }): string {
  return code === undefined || code === "unavailable" ? "granted" : code;
}

async function cast() {
  const store = ailingStore();
  const bench = new TestHub({}, store);
  const visitors = new Map<string, Visitor>();
  for (const name of ["owner", ...people, "ben", "newcomer"]) {
    const role = name === "guest" || name === "admin" ? name : undefined;
    visitors.set(name, role === undefined ? await bench.newcomer(name) : await bench.newcomerAs(role, name));
  }
  const visitorOf = (name: string): Visitor => {
    const visitor = visitors.get(name);
    assert.ok(visitor, name);
    return visitor;
  };
  const rooms = new Map<string, string>(), messages = new Map<string, number>();
  for (const kind of kinds) rooms.set(kind, await furnished(kind, visitorOf, messages));
  store.fail();
  return {
    visitorOf,
    roomOf: (kind: string) => rooms.get(kind) ?? "",
    messageOf: (kind: string, name: string) => messages.get(`${kind} ${name}`) ?? 1,
  };
}

/** Makes a room in which everybody has said something before they got the standing that they have. Returns its name. */
async function furnished(
  kind: (typeof kinds)[number],
  visitorOf: (name: string) => Visitor,
  messages: Map<string, number>,
): Promise<string> {
  const maker = visitorOf("moderator");
  const members = ["guest", "muted", "member", "moderator", "admin", "ben"];
  const inside = kind === "direct" ? members : ["banned", ...members];
  const access = kind === "shut" ? "private" : "public";
  const { room } = await maker.ask(
    kind === "direct" ? { type: "direct", usernames: members } : { type: "create", room: kind, access },
  );
  for (const name of inside) {
    if (kind !== "direct") await maker.ask({ type: "add", room, username: name });
    const { seq } = await visitorOf(name).ask({ type: "send", room, text: `${name} was here` });
    messages.set(`${kind} ${name}`, seq);
  }
  if (kind === "direct") return room;
  await maker.ask({ type: "remove", room, username: "banned", ban: true });
  await maker.ask({ type: "standing", room, username: "muted", standing: "muted" });
  if (kind === "old") await maker.ask({ type: "change", room, archived: true });
  return room;
}
