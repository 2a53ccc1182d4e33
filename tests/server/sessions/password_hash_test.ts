import assert from "node:assert/strict";
import { isSamePassword, readPasswordHash, readWeakerHash } from "../../../server/sessions/password_hash.ts";

const bcryptHash = "$2y$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy";
const salt = "AAECAwQFBgcICQoLDA0ODw";

function argon2id(memoryKib: number, passes: number, text: string = salt): string {
  return `$argon2id$v=19$m=${memoryKib},t=${passes},p=1$${text}$AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8`;
}

function isWeaker(hash: string): boolean {
  return readWeakerHash(hash, { memoryKib: 19_456, passes: 4 }) !== undefined;
}

Deno.test("hashes of argon2id and bcrypt are read, and nothing else is", () => {
  assert.deepEqual(readPasswordHash(argon2id(19_456, 2)), {
    kind: "argon2id",
    cost: { memoryKib: 19_456, passes: 2 },
    salt: Uint8Array.from({ length: 16 }, (_, at) => at),
  });
  const bcrypt = readPasswordHash(bcryptHash);
  assert.ok(bcrypt?.kind === "bcrypt");
  assert.deepEqual([bcrypt.rounds, bcrypt.salt.length], [10, 16]);
  for (
    const text of [
      "",
      "secret",
      "$1$abc$def",
      "$apr1$abc$def",
      "{SHA}abc",
      "$argon2i$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
      "$argon2id$v=16$m=19456,t=2,p=1$AAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
      "$2y$03$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy",
      bcryptHash.slice(1),
      `${bcryptHash} `,
      `${bcryptHash}\n`,
    ]
  ) {
    assert.equal(readPasswordHash(text), undefined, text);
  }
});

Deno.test("a hash is weaker where another of today's cost is harder to break, and never one that has more memory", () => {
  assert.deepEqual(
    [bcryptHash, argon2id(19_456, 3), argon2id(8_192, 4)].map(isWeaker),
    [true, true, true],
  );
  assert.deepEqual(
    [argon2id(19_456, 4), argon2id(19_456, 5), argon2id(65_536, 1), argon2id(8_192, 10)].map(isWeaker),
    [false, false, false, false],
  );
});

Deno.test("hashes are of the same password where they have the same salt", () => {
  assert.ok(isSamePassword(argon2id(19_456, 2), argon2id(19_456, 4)));
  assert.ok(!isSamePassword(argon2id(19_456, 2), argon2id(19_456, 2, "BBECAwQFBgcICQoLDA0ODw")));
  assert.ok(isSamePassword("$none", "$none"));
  assert.ok(!isSamePassword("$none", "$nothing"));
});
