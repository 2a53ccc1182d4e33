import type { Line } from "./terminal/mod.ts";

/** Somebody who can be asked. */
export interface Person {
  ask(question: string): Promise<string>;
  /** Asks for what nobody else may see. */
  askHidden(question: string): Promise<string>;
  show(lines: readonly Line[]): void;
}

/** Asks until the answer is yes or no, or nothing, which is taken for `usually`. */
export async function askYesOrNo(person: Person, question: string, usually?: boolean): Promise<boolean> {
  const choice = usually === undefined ? "yes/no" : usually ? "Y/n" : "y/N";
  for (;;) {
    const answer = (await person.ask(`  ${question} [${choice}]: `)).trim().toLowerCase();
    if (answer === "" && usually !== undefined) return usually;
    if (["y", "yes"].includes(answer)) return true;
    if (["n", "no"].includes(answer)) return false;
  }
}
