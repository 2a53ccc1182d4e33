import assert from "node:assert/strict";
import { dictionary } from "@zxcvbn-ts/language-common";
import { weaknessOf } from "../../../server/sessions/password_strength.ts";
import { fromSeed } from "../../kit/seed.ts";
import { seededChance } from "../../kit/world.ts";

const names = ["alice", "Alice's team", "chat"];

Deno.test("what everybody tries first is told for what it is", () => {
  const wanted = {
    "password1234567": "known",
    "Password123456789": "known",
    "qwertyuiopasdfgh": "known",
    "1qaz2wsx3edc4rfv": "known",
    "123456789012345": "known",
    "abcdefghijklmnop": "row",
    "aaaaaaaaaaaaaaaa1": "repetition",
    "iloveyouiloveyou1": "repetition",
    "P@ssw0rdP@ssw0rd": "repetition",
    "alicealicealice1": "names",
    "Alice's team 2026": "names",
    "correct horse battery staple": "guessable",
    "correcthorsebatterystaple": "guessable",
    "Correct Horse Battery Staple1": "guessable",
  };
  const found = Object.fromEntries(
    Object.keys(wanted).map((password) => [password, weaknessOf(password, names)]),
  );
  assert.deepEqual(found, wanted);
});

Deno.test("sentences of one's own, and what a generator makes, are fine", () => {
  for (
    const password of [
      "lamp otter copper window",
      "slowly slowly catches the monkey",
      "mein Hund heißt Fridolin",
      "kx9v2mwq7plz4tdn",
      "東京の夜はとても静かで好きです",
      "alice eats seven green pears",
    ]
  ) {
    assert.equal(weaknessOf(password, names), undefined, password);
  }
});

Deno.test("four words that dice have chosen are never refused", () => {
  const words: readonly string[] = readWords();
  const { seed } = fromSeed();
  const chance = seededChance(seed);
  for (let times = 0; times < 300; times++) {
    const four = Array.from({ length: 4 }, () => words[Math.floor(chance.fraction() * words.length)]);
    const password = four.join(["", " ", "-"][times % 3]);
    if (password.length < 15) continue;
    assert.equal(weaknessOf(password, names), undefined, `"${password}", seed ${seed}`);
  }
});

Deno.test("a long password is no long work: only its beginning is looked at", () => {
  assert.equal(weaknessOf("password".repeat(32), names), "repetition");
});

function readWords(): readonly string[] {
  const list: unknown = dictionary["diceware-common"];
  assert.ok(Array.isArray(list) && list.length > 7_000);
  return list;
}

Deno.test("of a long password the first 64 characters are looked at, and those must do", () => {
  const weak = "1991".repeat(16);
  assert.equal(weaknessOf(weak + "lamp otter copper window", names), "repetition");
  assert.equal(weaknessOf("slowly slowly catches the monkey " + weak, names), undefined);
});
