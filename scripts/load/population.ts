/** Accounts, rooms and messages put into a database before its server starts: nobody waits for thousands of passwords to be hashed. */
import { createHash } from "node:crypto";
import { type Change, type LoginRow, openStore, type Store } from "../../server/store/mod.ts";

export interface Population {
  readonly members: number;
  readonly rooms: readonly PopulatedRoom[];
}

export interface PopulatedRoom {
  readonly name: string;
  /** Numbers of its members, from 0. */
  readonly members: readonly number[];
  /** How many messages it holds to begin with; none if absent. */
  readonly messages?: number;
}

/** No password has this hash. */
const noPassword = "$argon2id$v=19$m=19456,t=2,p=1$AAECAwQFBgcICQoLDA0ODw$" +
  "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

const batchSize = 5_000;

export function nameOf(member: number): string {
  return `u${member}`;
}

/** A token of this member. It stays good for as long as none of its successors is used. */
export function tokenOf(name: string): string {
  return `${name.padEnd(22, "-")}.${"x".repeat(43)}`;
}

/** Makes the database of the server whose `--data` is `data`. Member 0 is the owner. */
export function populate(data: string, population: Population): void {
  Deno.mkdirSync(`${data}/server`, { recursive: true, mode: 0o700 });
  const store = openStore(`${data}/server/chat.db`);
  try {
    commitAll(store, changesFor(population));
    // A server that had to do it would be measured at that.
    while (store.search.isBehind()) store.search.advance((done) => done === batchSize);
  } finally {
    store.close();
  }
}

function commitAll(store: Store, changes: Iterable<Change>): void {
  let batch: Change[] = [];
  for (const change of changes) {
    batch.push(change);
    if (batch.length < batchSize) continue;
    store.commit(batch);
    batch = [];
  }
  store.commit(batch);
}

function* changesFor({ members, rooms }: Population): Generator<Change> {
  for (let member = 0; member < members; member++) yield* accountChanges(member);
  yield* roomChanges(1, { name: "general", members: [] });
  for (const [index, room] of rooms.entries()) yield* roomChanges(index + 2, room);
}

function* accountChanges(member: number): Generator<Change> {
  const id = member + 1, name = nameOf(member), token = tokenOf(name);
  const role = member === 0 ? "owner" : "member";
  yield { kind: "account", account: { id, name, role }, password: noPassword, time: 0 };
  yield { kind: "login", login: loginBy(token, id) };
}

/** The login that this token opens. */
export function loginBy(token: string, accountId: number, name?: string): LoginRow {
  return {
    id: createHash("sha256").update(token.slice(0, token.indexOf("."))).digest("base64url"),
    accountId,
    name,
    fixed: false,
    created: Date.now(),
    current: undefined,
    next: new Uint8Array(createHash("sha256").update(token).digest()),
    used: Date.now(),
    ended: undefined,
  };
}

function* roomChanges(id: number, { name, members, messages = 0 }: PopulatedRoom): Generator<Change> {
  yield {
    kind: "room",
    room: {
      id,
      name,
      kind: "standard",
      access: "public",
      topic: undefined,
      description: undefined,
      archived: false,
      retentionMs: undefined,
      held: false,
      creatorId: undefined,
    },
    time: 0,
  };
  for (const member of members) yield { kind: "member", roomId: id, accountId: member + 1, read: 0 };
  for (let seq = 1; seq <= messages; seq++) {
    const text =
      `Message ${seq} of this room, as long as a usual one: about a hundred characters, it is said, or fewer.`;
    const accountId = (members[seq % members.length] ?? 0) + 1;
    yield {
      kind: "event",
      roomId: id,
      event: { seq, type: "message", accountId, time: seq, text },
      nonce: undefined,
    };
  }
}
