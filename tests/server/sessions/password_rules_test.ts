import assert from "node:assert/strict";
import { checkNewPassword, Passwords } from "../../../server/sessions/mod.ts";
import { Refusal } from "../../../shared/protocol/mod.ts";
import { testWorld } from "../../kit/world.ts";

/** What is said about each of these passwords; undefined is nothing. */
async function judged(username: string, ...choices: readonly string[]): Promise<(string | undefined)[]> {
  const passwords = new Passwords(testWorld(), true);
  const desk = { passwords, serverName: () => "Harbour office" };
  const found: (string | undefined)[] = [];
  for (const choice of choices) {
    try {
      await checkNewPassword(desk, choice, username);
      found.push(undefined);
    } catch (error) {
      assert.ok(error instanceof Refusal && error.code === "weak_password", String(error));
      assert.ok(choice.length < 3 || !error.message.includes(choice));
      found.push(error.message);
    }
  }
  passwords.stop();
  return found;
}

Deno.test("a password has 15 to 256 code points", async () => {
  const of = (length: number) => String.fromCodePoint(...Array.from({ length }, (_, at) => 0x1f300 + 7 * at));
  const [shortest, longest, ...others] = await judged(
    "ana",
    of(15),
    of(256),
    of(14),
    "",
    // 14 characters that are 28 units of UTF-16.
    "😀😁😂🤣😃😄😅😆😉😊😋😎😍😘",
    of(257),
  );
  assert.deepEqual([shortest, longest], [undefined, undefined]);
  assert.deepEqual(others.map((message) => /at least 15|at most 256/.exec(message ?? "")?.[0]), [
    "at least 15",
    "at least 15",
    "at least 15",
    "at most 256",
  ]);
});

Deno.test("a refusal says what is wrong, and what would do", async () => {
  const messages = await judged(
    "alice",
    "password1234567",
    "abcdefghijklmnop",
    "abcabcabcabcabcabc",
    "alicealicealice1",
    "Harbour office 1",
    "correct horse battery staple",
  );
  assert.deepEqual(
    messages.map((message) => message?.replace("This password is too easy to guess", "")),
    [
      ": it is close to one that many people have",
      ": it follows the keys or the alphabet",
      ": it repeats itself",
      ": your name or the server's does not protect it",
      ": your name or the server's does not protect it",
      "",
    ].map((reason) => `${reason}. A few words in a row are fine`),
  );
});

Deno.test("a few words in a row are fine", async () => {
  assert.deepEqual(await judged("ana", "lamp otter copper window", "tests like long words"), [
    undefined,
    undefined,
  ]);
});
