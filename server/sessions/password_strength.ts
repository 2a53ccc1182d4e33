/** How easily a password is guessed by somebody who knows which ones people choose. Only hashing threads load this: the lists are large. */
import { ZxcvbnFactory } from "@zxcvbn-ts/core";
import { adjacencyGraphs, dictionary } from "@zxcvbn-ts/language-common";
import type { Weakness } from "./password_task.ts";

/** The library calls 10^8 guesses, its score of 3, safe where passwords are hashed slowly, as they are here. */
const scoreMin = 3;

/** Of a longer password only so many characters are looked at, lest a thread is kept busy for seconds. */
const charactersMax = 64;

/** Long, and in every guesser's list: what people take for an example of a good password. */
const famous: readonly string[] = [
  "correct horse battery staple",
  "correct horse battery",
  "to be or not to be that is the question",
  "the quick brown fox jumps over the lazy dog",
  "may the force be with you",
  "twinkle twinkle little star",
  "once upon a time",
  "open sesame",
  "this is my password",
  "my voice is my passport verify me",
];

const judge = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs, maxLength: charactersMax });

/** What makes `password` too easy to guess, if anything; `expected` are words that a guesser would try first, like names. */
export function weaknessOf(password: string, expected: readonly string[]): Weakness | undefined {
  const names = expected.flatMap((name) => [name, ...name.split(/[^\p{L}\p{N}]+/u)]);
  const phrases = [...famous, ...famous.map((phrase) => phrase.replaceAll(" ", ""))];
  const { score, sequence, feedback } = judge.check(password, [
    ...names.filter((name) => name.length >= 3),
    ...phrases,
  ]);
  if (score >= scoreMin) return undefined;
  const isNamed = sequence.some(({ token = "" }) =>
    names.some((name) => name.length >= 3 && token.toLowerCase().includes(name.toLowerCase()))
  );
  return isNamed ? "names" : weaknesses[feedback.warning ?? ""] ?? "guessable";
}

/** The library's warnings, as far as they help somebody to choose better. */
const weaknesses: Readonly<Record<string, Weakness>> = {
  simpleRepeat: "repetition",
  extendedRepeat: "repetition",
  straightRow: "row",
  keyPattern: "row",
  sequences: "row",
  topTen: "known",
  topHundred: "known",
  common: "known",
  similarToCommon: "known",
};
