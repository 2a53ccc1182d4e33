import { span, Terminal } from "./terminal/mod.ts";
import type { World } from "../shared/world/mod.ts";

/** Questions at the terminal beyond a conversation, such as those of a server that nobody owns yet. */
export interface TerminalQuestions {
  /** Resolves with the answer, or with `usual` for an empty one. */
  ask(question: string, usual?: string): Promise<string>;
  /** Shows stars in place of what is typed. */
  askHidden(question: string): Promise<string>;
  say(line: string): void;
  /** Gives the terminal back as it was. */
  close(): Promise<void>;
}

export interface TerminalQuestionsOptions {
  readonly world: World;
  /** Ctrl-C, or the terminal is gone. No question is answered any more. */
  readonly onInterrupt: () => void;
}

/** Takes the terminal on standard input and output for questions, until it is closed. */
export function openQuestions({ world, onInterrupt }: TerminalQuestionsOptions): TerminalQuestions {
  const terminal = new Terminal({ world, colours: false, onInterrupt, onGone: onInterrupt });
  return {
    async ask(question, usual) {
      const answer = (await terminal.ask(`    ${question}${usual === undefined ? "" : ` [${usual}]`}: `))
        .trim();
      return answer === "" ? usual ?? "" : answer;
    },
    askHidden: (question) => terminal.askHidden(`    ${question}: `),
    say: (line) => terminal.show([[span(`  ${line}`)]]),
    close: () => terminal.close(),
  };
}
