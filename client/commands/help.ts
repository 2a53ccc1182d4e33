import { type Command, groups, isOffered, misused } from "./command.ts";

/** `all` is a function because this command is itself one of the table that it shows. */
export function helpCommand(all: () => readonly Command[]): Command {
  const help: Command = {
    name: "help",
    group: "talk",
    takes: "[COMMAND|GROUP]",
    firstWord: Object.keys(groups),
    says: "List the commands, or explain some of them",
    run({ connection }, _words, rest) {
      const { role, isConfined } = connection.model().me;
      const offered = all().filter((command) => isOffered(command, role, isConfined));
      if (rest === "") return { kind: "help", commands: offered };
      const name = rest.replace(/^\//, "").replace(/\s+/g, " ").toLowerCase();
      const meant = offered.filter((command) => isMeant(command, name));
      return meant.length === 0
        ? misused(help, "There is no command or group of that name: /help alone lists them")
        : { kind: "explained", commands: meant };
    },
  };
  return help;
}

/** A group goes by its key, or by its title. */
function isMeant({ name, otherNames = [], group }: Command, word: string): boolean {
  return [name, ...otherNames, group].includes(word) || groups[group].toLowerCase() === word;
}
