import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type Keyring,
  KeyTrouble,
  makeRootKey,
  type Place,
  rootKeysInMemory,
  Unreadable,
} from "../../../server/keyring/mod.ts";
import { openDatabase } from "../../../server/store/database.ts";
import { keyringOn } from "../../../server/store/key_rows.ts";
import { fromSeed } from "../../kit/seed.ts";

const place: fc.Arbitrary<Place> = fc.record({
  column: fc.constantFrom("room.topic", "event.text", "credential.password", "second_factor.secret"),
  scope: fc.nat(5),
  row: fc.maxSafeNat(),
  sender: fc.maxSafeNat(),
});

const anywhere: Place = { column: "event.text", scope: 7, row: 3, sender: 2 };

/** The keyring of a new database in memory. */
function newKeyring(): Keyring {
  return openDatabase(":memory:", rootKeysInMemory()).keyring;
}

Deno.test("what is sealed opens again at its place, and never looks the same twice", () => {
  const keyring = newKeyring();
  fc.assert(
    fc.property(place, fc.string({ unit: "binary" }), (where, text) => {
      const sealed = keyring.seal(where, text);
      assert.equal(keyring.open(where, sealed), text);
      assert.notDeepEqual(keyring.seal(where, text), sealed);
    }),
    fromSeed(),
  );
});

Deno.test("what is sealed opens at no other place", () => {
  const keyring = newKeyring();
  fc.assert(
    fc.property(place, place, (where, elsewhere) => {
      fc.pre(JSON.stringify(where) !== JSON.stringify(elsewhere));
      const sealed = keyring.seal(where, "text");
      keyring.seal(elsewhere, "so that there is a key");
      assert.throws(() => keyring.open(elsewhere, sealed), Unreadable);
    }),
    fromSeed(),
  );
});

Deno.test("the smallest step to the side is another place: row, sender, column and room", () => {
  const keyring = newKeyring();
  const sealed = keyring.seal(anywhere, "text");
  const neighbours: Place[] = [
    { ...anywhere, row: 4 },
    { ...anywhere, sender: 3 },
    { ...anywhere, row: anywhere.sender, sender: anywhere.row },
    { ...anywhere, column: "room.topic" },
    { ...anywhere, scope: 8 },
  ];
  keyring.seal({ ...anywhere, scope: 8 }, "so that this room has a key");
  for (const neighbour of neighbours) assert.throws(() => keyring.open(neighbour, sealed), Unreadable);
});

Deno.test("no bit of what is sealed can be turned, and no byte taken away or added", () => {
  const keyring = newKeyring();
  const sealed = keyring.seal(anywhere, "häß 😀");
  const before = sealed.slice();
  for (let bit = 0; bit < sealed.length * 8; bit++) {
    const turned = sealed.slice();
    turned[bit >> 3] = (turned[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    assert.throws(() => keyring.open(anywhere, turned), Unreadable, `bit ${bit}`);
  }
  for (let length = 0; length < sealed.length; length++) {
    assert.throws(() => keyring.open(anywhere, sealed.subarray(0, length)), Unreadable, `length ${length}`);
  }
  assert.throws(() => keyring.open(anywhere, Uint8Array.of(...sealed, 0)), Unreadable);
  assert.deepEqual(sealed, before);
  assert.equal(keyring.open(anywhere, sealed), "häß 😀");
});

Deno.test("each room and the accounts have a key of their own, wrapped by the root key", () => {
  const { database, keyring } = openDatabase(":memory:", rootKeysInMemory());
  for (const scope of [0, 1, 2, 1]) keyring.seal({ ...anywhere, scope }, "text");
  const keys = database.prepare("SELECT scope, version FROM key ORDER BY scope").all();
  assert.deepEqual(keys.map(({ scope, version }) => [scope, version]), [[-1, 1], [0, 1], [1, 1], [2, 1]]);
});

Deno.test("a wrapped key opens in no other row", () => {
  const rootKeys = rootKeysInMemory();
  const { database, keyring } = openDatabase(":memory:", rootKeys);
  const sealed = keyring.seal(anywhere, "text");
  keyring.seal({ ...anywhere, scope: 8 }, "text");
  database.exec("UPDATE key SET wrapped = (SELECT wrapped FROM key WHERE scope = 8) WHERE scope = 7");
  assert.equal(keyring.open(anywhere, sealed), "text", "the key is in memory still");
  assert.throws(() => keyringOn(database, rootKeys).open(anywhere, sealed), /data key 1 of room 7 cannot be/);
});

Deno.test("a key that was made in a transaction that did not happen is forgotten with it", () => {
  const { database, keyring } = openDatabase(":memory:", rootKeysInMemory());
  database.exec("BEGIN");
  const lost = keyring.seal(anywhere, "text");
  database.exec("ROLLBACK");
  keyring.forget();
  assert.throws(() => keyring.open(anywhere, lost), Unreadable);
  const kept = keyring.seal(anywhere, "text");
  assert.throws(() => keyring.open(anywhere, lost), Unreadable);
  assert.equal(keyring.open(anywhere, kept), "text");
});

Deno.test("what is derived is the same at each start, another for each purpose, and another on each server", () => {
  const rootKeys = rootKeysInMemory();
  const { database, keyring } = openDatabase(":memory:", rootKeys);
  const derived = keyring.derive("names");
  assert.equal(derived.length, 32);
  assert.deepEqual(keyringOn(database, rootKeys).derive("names"), derived);
  assert.notDeepEqual(keyring.derive("devices"), derived);
  assert.notDeepEqual(newKeyring().derive("names"), derived);
});

Deno.test("without the root key, or with another one, nothing opens and nothing new is sealed", () => {
  const rootKeys = rootKeysInMemory();
  const { database, keyring } = openDatabase(":memory:", rootKeys);
  const sealed = keyring.seal(anywhere, "text");
  const [right] = rootKeys.read();
  rootKeys.write([]);
  const without = keyringOn(database, rootKeys);
  for (const attempt of [() => without.open(anywhere, sealed), () => without.check()]) {
    assert.throws(
      attempt,
      (error) => error instanceof KeyTrouble && /root key .*is missing/.test(error.message),
    );
  }
  assert.throws(() => without.seal({ ...anywhere, scope: 9 }, "text"), KeyTrouble);
  const other = makeRootKey();
  rootKeys.write([other]);
  const names = new RegExp(`another root key \\(its id is ${other.id}\\).*\\(its id is ${right?.id}\\)`);
  assert.throws(() => keyringOn(database, rootKeys).check(), names);
  assert.throws(() => keyringOn(database, rootKeys).open(anywhere, sealed), KeyTrouble);
  if (right !== undefined) rootKeys.write([right]);
  assert.equal(keyringOn(database, rootKeys).open(anywhere, sealed), "text");
});
