import assert from "node:assert/strict";
import { phrasesIn, wordsIn } from "../../../server/store/search_words.ts";

/** Texts with the words that they are made of. */
const texts: readonly (readonly [text: string, words: string])[] = [
  ["", ""],
  ["… — !?", ""],
  ["The quick, brown FOX", "the quick brown fox"],
  ["don't re-use file_name.ts", "don t re use file name ts"],
  ["v1.2 at 10:30", "v1 2 at 10 30"],
  ["Café cafe\u0301 ÉTÉ", "cafe cafe ete"],
  ["Straße STRASSE", "strasse strasse"],
  ["İstanbul ISTANBUL", "istanbul istanbul"],
  ["ΣΟΦΌΣ σοφός", "σοφοσ σοφοσ"],
  ["ещё ЕЩЕ", "еще еще"],
  ["ﬁle ＡＢＣ①", "file abc1"],
  ["كِتَاب كتاب", "كتاب كتاب"],
  ["שָׁלוֹם שלום", "שלום שלום"],
  ["हिन्दी", "हिन्दी"],
  ["co\u00adoperate na\u200bive", "cooperate naive"],
  ["🚀 it flies ❤️", "🚀 it flies ❤"],
  ["東京都", "東京 京都"],
  ["東", "東"],
  ["がぎ か\u3099ぎ", "がぎ . がぎ"],
  ["ｶﾞｷﾞ", "ガギ"],
  ["iPhone手机", "iphone 手机"],
  ["학교에서", "학교 교에 에서"],
  ["東京。京都", "東京 . 京都"],
];

for (const [text, words] of texts) {
  Deno.test(`the words of "${text}" are "${words}"`, () =>
    // A dot stands for the gap between two runs of pairs.
    assert.equal(wordsIn(text).map((word) => word.trim() === "" ? "." : word).join(" "), words));
}

Deno.test("Thai, which puts no spaces between words, is cut into pairs with its vowel signs", () => {
  const [first, ...others] = wordsIn("สวัสดี");
  assert.equal(first, "สว");
  assert.equal(others.length, 4);
});

Deno.test("what is quoted stands side by side, and so does what punctuation joins", () => {
  assert.deepEqual(phrasesIn('one "two three" four.five'), [["one"], ["two", "three"], ["four", "five"]]);
  assert.deepEqual(phrasesIn("“two three” «four five»"), [["two", "three"], ["four", "five"]]);
  assert.deepEqual(phrasesIn('open "two three'), [["open"], ["two", "three"]]);
  assert.deepEqual(phrasesIn("東京都"), [["東京", "京都"]]);
});

Deno.test("what is said twice is looked for once, and what holds no word is not", () => {
  assert.deepEqual(phrasesIn('tea TEA "Tea" "" … "!"'), [["tea"]]);
});
