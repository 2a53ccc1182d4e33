import type { Asker } from "../../client/commands/mod.ts";

/** Somebody who gives these answers, in their order. What they were asked is in `asked`, hidden questions with `*`. */
export interface Answering extends Asker {
  readonly asked: readonly string[];
}

/** An answer may be a function, which is called when the question has come. */
export function answering(...answers: readonly (string | (() => string))[]): Answering {
  const left = [...answers];
  const asked: string[] = [];
  function answer(question: string): Promise<string> {
    asked.push(question);
    const next = left.shift();
    if (next === undefined) return Promise.reject(new Error(`No answer to: ${question}`));
    return Promise.resolve(typeof next === "string" ? next : next());
  }
  return { asked, ask: answer, askHidden: (question) => answer(`*${question}`) };
}
