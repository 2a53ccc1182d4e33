import type { Person } from "../../client/person.ts";
import { paint } from "../../client/terminal/styled_line.ts";

/**
 * Somebody at sign-in who gives these answers, which are taken out. Into `script` go questions with `?`, hidden ones
 * with `*`, and what is told with `!`.
 */
export function scriptedPerson(answers: string[], script: string[]): Person {
  const answer = (mark: string) => (question: string): Promise<string> => {
    script.push(`${mark} ${question.trim()}`);
    const next = answers.shift();
    return next === undefined
      ? Promise.reject(new Error(`No answer to: ${question}`))
      : Promise.resolve(next);
  };
  return {
    ask: answer("?"),
    askHidden: answer("*"),
    show: (lines) => script.push(...lines.map((line) => `! ${paint(line, false).trim()}`)),
  };
}
