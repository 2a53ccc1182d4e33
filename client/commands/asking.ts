/** What commands ask a person, and how it is refused where there is nobody to ask. */
import { codePoints, limits, Refusal } from "../../shared/protocol/mod.ts";
import type { Asker, Desk, Outcome } from "./command.ts";

/** The person would rather not. */
export const leftAsItWas: Outcome = { kind: "told", text: "Nothing was changed." };

/** A password or a code would have to be typed, and nobody is there to type it. */
export function noTerminal(name: string): Outcome {
  return { kind: "mistake", text: `/${name} asks you something: type it at a terminal` };
}

/** Asks for a yes to something that is not easily undone. */
export async function isSure(asker: Asker, question: string): Promise<boolean> {
  const answer = await asker.ask(`${question} [y/N]`);
  return /^y(es)?$/i.test(answer.trim());
}

/** Asks for a password to be chosen, until it is long enough or empty. */
export async function askNewPassword(
  ask: () => Promise<string>,
  say: (text: string) => void,
): Promise<string> {
  const least = limits.passwordCodePointsMin;
  for (;;) {
    const password = await ask();
    const length = codePoints(password);
    if (length === 0 || length >= least) return password;
    say(
      `That has ${length} characters: it takes ${least} or more. A short sentence is easy to keep in mind.`,
    );
  }
}

/** What the app shows now. */
export const codeQuestion = "Code from your app";

/** Asks for what a login takes beside the password. */
export const anyCodeQuestion = `${codeQuestion}, or a recovery code`;

/** Asks for a code of the second factor. Empty if the person would rather not. */
export async function askCode(asker: Asker): Promise<string> {
  return codeOf(await asker.ask(anyCodeQuestion));
}

/** Makes a request without a code and, where the server asks for one, with it. Undefined if the person would rather not. */
export async function withCode<Result>(
  desk: Pick<Desk, "show">,
  asker: Asker,
  use: (code?: string) => Promise<Result>,
): Promise<Result | undefined> {
  try {
    return await use();
  } catch (refusal) {
    if (!(refusal instanceof Refusal && refusal.code === "code_required")) throw refusal;
    return await untilRight(desk, "code_invalid", () => askCode(asker), use);
  }
}

/** Asks again while the server refuses the answer with this code. Undefined if the person would rather not. */
export async function untilRight<Result>(
  { show }: Pick<Desk, "show">,
  wrong: Refusal["code"],
  ask: () => Promise<string>,
  use: (answer: string) => Promise<Result>,
): Promise<Result | undefined> {
  for (;;) {
    const answer = await ask();
    if (answer === "") return undefined;
    try {
      return await use(answer);
    } catch (refusal) {
      if (!(refusal instanceof Refusal && refusal.code === wrong)) throw refusal;
      show({ kind: "told", text: `${refusal.message}. Please try again; Enter alone stops.` });
    }
  }
}

/** People type the spaces that they see between the digits. */
export function codeOf(answer: string): string {
  return answer.replace(/\s/g, "");
}
