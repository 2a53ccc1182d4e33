import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { type Change, NotCommitted, openStore } from "../../../server/store/mod.ts";
import { withDirectory } from "../../kit/directory.ts";

const room = {
  kind: "room",
  room: {
    id: 1,
    name: "ops",
    kind: "standard",
    access: "private",
    topic: "Night",
    description: undefined,
    archived: false,
    retentionMs: undefined,
    held: false,
    creatorId: undefined,
  },
  time: 1,
} as const;
const account: Change = {
  kind: "account",
  account: { id: 1, name: "ana", role: "owner" },
  password: "$hash",
  time: 1,
};
const member: Change = { kind: "member", roomId: 1, accountId: 1, read: 0 };

function event(seq: number, nonce?: string): Change {
  return {
    kind: "event",
    roomId: 1,
    event: { seq, type: "message", accountId: 1, time: seq, text: `text ${seq}` },
    nonce,
  };
}

Deno.test("a batch that is committed is read back, also after the store was closed", () =>
  withDirectory((directory) => {
    const path = `${directory}/chat.db`;
    const first = openStore(path);
    first.commit([room, account, member, event(1), event(2, "n")]);
    first.commit([{ kind: "read", roomId: 1, accountId: 1, seq: 2 }]);
    first.close();
    const second = openStore(path);
    assert.deepEqual(second.rooms.rooms(), [{
      id: 1,
      name: "ops",
      kind: "standard",
      access: "private",
      topic: "Night",
      description: undefined,
      archived: false,
      retentionMs: undefined,
      held: false,
      creatorId: undefined,
      seq: 2,
    }]);
    assert.deepEqual(second.people.accounts(), [{ id: 1, name: "ana", role: "owner" }]);
    assert.equal(second.people.passwordOf(1), "$hash");
    assert.equal(second.people.passwordOf(2), undefined);
    assert.deepEqual(second.rooms.memberships(), [
      { roomId: 1, accountId: 1, read: 2, since: 0, standing: "member", level: "all" },
    ]);
    assert.deepEqual([...second.events.after(1, 0, 9)].map(({ seq, text }) => [seq, text]), [[1, "text 1"], [
      2,
      "text 2",
    ]]);
    assert.equal(second.events.withNonce(1, 1, "n", 0)?.seq, 2);
    assert.equal(second.events.withNonce(1, 1, "n", 3), undefined);
    assert.equal(second.events.withNonce(2, 1, "n", 0), undefined);
    second.close();
  }));

Deno.test("a batch of which one change fails leaves nothing behind, and the next one is stored", () => {
  const store = openStore(":memory:");
  store.commit([room, account]);
  assertBug(() => store.commit([event(1), event(2), event(2)]), /UNIQUE/);
  assertBug(() => store.commit([event(1), { ...member, accountId: 7 }]), /FOREIGN KEY/);
  assert.deepEqual([...store.events.after(1, 0, 9)], []);
  store.commit([event(1)]);
  assert.equal([...store.events.after(1, 0, 9)].length, 1);
  store.close();
});

Deno.test("while another process holds the database nothing is stored, and afterwards it is", () =>
  withDirectory((directory) => {
    const path = `${directory}/chat.db`;
    const store = openStore(path);
    store.commit([room, account]);
    const other = new DatabaseSync(path);
    other.exec("BEGIN IMMEDIATE");
    assert.throws(() => store.commit([event(1)]), NotCommitted);
    other.exec("ROLLBACK");
    store.commit([event(1)]);
    assert.equal(other.prepare("SELECT count(*) AS count FROM event").get()?.count, 1);
    other.close();
    store.close();
  }));

Deno.test("two processes that write to the same new room share its key, and read each other", () =>
  withDirectory((directory) => {
    const path = `${directory}/chat.db`;
    const [one, other] = [openStore(path), openStore(path)];
    one.commit([room, account, event(1)]);
    other.commit([event(2)]);
    one.commit([event(3)]);
    const both = [one, other].map((store) => [...store.events.after(1, 0, 9)].map(({ text }) => text));
    assert.deepEqual(both, [["text 1", "text 2", "text 3"], ["text 1", "text 2", "text 3"]]);
    one.close();
    other.close();
  }));

Deno.test("while the root key is missing what needs no new key goes on, the rest is not stored, and it comes back", () =>
  withDirectory((directory) => {
    const path = `${directory}/chat.db`, rootKey = `${directory}/keys/root.key`;
    const store = openStore(path);
    const other: Change = { ...room, room: { ...room.room, id: 2, name: "other" } };
    store.commit([room, account, event(1)]);
    Deno.renameSync(rootKey, `${rootKey}.away`);
    store.commit([event(2)]);
    assert.throws(
      () => store.commit([other]),
      (error) => error instanceof NotCommitted && /root key .* is missing/.test(error.message),
    );
    assert.equal(store.rooms.rooms().length, 1);
    Deno.renameSync(`${rootKey}.away`, rootKey);
    store.commit([other, event(3)]);
    assert.deepEqual([...store.events.after(1, 0, 9)].map(({ text }) => text), [
      "text 1",
      "text 2",
      "text 3",
    ]);
    store.close();
  }));

Deno.test("logins are renewed in place and end, invites are used up", () => {
  const store = openStore(":memory:");
  const bytes = (first: number) => new Uint8Array(32).fill(first);
  const login = {
    id: "l",
    accountId: 1,
    name: "Ana's laptop",
    fixed: true,
    created: 1,
    current: undefined,
    next: bytes(1),
    used: 1,
    ended: undefined,
  };
  store.commit([room, account, { kind: "login", login }]);
  store.commit([{ kind: "login", login: { ...login, current: bytes(1), next: bytes(2) } }]);
  assert.deepEqual(store.people.login("l"), { ...login, current: bytes(1), next: bytes(2) });
  store.commit([{ kind: "login_seen", id: "l", time: 5 }]);
  assert.deepEqual(store.people.loginsOf(1).map(({ used }) => used), [5]);
  assert.deepEqual([...store.people.lastUsed()], [[1, 5]]);
  const ended = { kind: "login_ended", reason: "revoked" } as const;
  store.commit([{ ...ended, id: "l" }, { ...ended, id: "unknown" }]);
  assert.equal(store.people.login("l")?.ended, "revoked");
  assert.deepEqual(store.people.loginsOf(1), []);
  const invite = { role: "member", usesLeft: 2, expires: 9, issuer: undefined } as const;
  store.commit([{ kind: "invite", hash: bytes(3), invite }, { kind: "invite_used", hash: bytes(3) }]);
  assert.deepEqual(store.people.invite(bytes(3)), { ...invite, usesLeft: 1 });
  assert.equal(store.people.invite(bytes(4)), undefined);
  store.close();
});

Deno.test("the invites and resets that an account has made go, and no others", () => {
  const store = openStore(":memory:");
  const bytes = (first: number) => new Uint8Array(32).fill(first);
  const other = { ...account, account: { id: 2, name: "ben", role: "owner" } } as const;
  store.commit([room, account, other]);
  const made = [1, 2, undefined].flatMap((issuer, at): Change[] => [
    { kind: "invite", hash: bytes(at), invite: { role: "member", usesLeft: 1, expires: 9, issuer } },
    {
      kind: "reset",
      hash: bytes(at),
      reset: { accountId: issuer === 1 ? 2 : 1, expires: 9, endsTwoFactor: false, issuer },
    },
  ]);
  store.commit([...made, { kind: "void_issued", accountId: 1 }]);
  const issuers = [0, 1, 2].map((at) => store.people.invite(bytes(at))).map((row) => row && [row.issuer]);
  assert.deepEqual(issuers, [undefined, [2], [undefined]]);
  // The third reset has taken the place of the second: both are of the first account.
  assert.deepEqual([0, 1, 2].map((at) => store.people.reset(bytes(at)) !== undefined), [false, false, true]);
  store.close();
});

/** What breaks the schema's rules is no trouble of the disk's: it must not be told to people as such. */
function assertBug(commit: () => void, reason: RegExp): void {
  assert.throws(
    commit,
    (error) => error instanceof Error && !(error instanceof NotCommitted) && reason.test(error.message),
  );
}
