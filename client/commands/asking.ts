/** What commands ask a person, and how it is refused where there is nobody to ask. */
import { codePoints, limits } from "../../shared/protocol/mod.ts";
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

/** Asks for a password to be chosen. Empty if the person would rather not. */
export async function askNewPassword(asker: Asker, show: Desk["show"]): Promise<string> {
  const least = limits.passwordCodePointsMin;
  for (;;) {
    const password = await asker.askHidden("New password");
    const length = codePoints(password);
    if (length === 0 || length >= least) return password;
    show({ kind: "told", text: `That has ${length} characters: it takes ${least} or more.` });
  }
}

/** Asks for a code of the second factor. Empty if the person would rather not. */
export async function askCode(asker: Asker): Promise<string> {
  return codeOf(await asker.ask("Code from your authenticator app, or a recovery code"));
}

/** People type the spaces that they see between the digits. */
export function codeOf(answer: string): string {
  return answer.replace(/\s/g, "");
}
