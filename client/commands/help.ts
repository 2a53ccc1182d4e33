import { type Command, isOffered } from "./command.ts";

/** `all` is a function because this command is itself one of the table that it shows. */
export function helpCommand(all: () => readonly Command[]): Command {
  return {
    name: "help",
    takes: "",
    firstWord: "anything",
    says: "Show this list",
    run({ connection }) {
      const { role, isConfined } = connection.model().me;
      return { kind: "help", commands: all().filter((command) => isOffered(command, role, isConfined)) };
    },
  };
}
