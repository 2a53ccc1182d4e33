import { type Command, usage } from "../../client/commands/mod.ts";
import { declarationOf, type RequestType, roles } from "../../shared/protocol/mod.ts";
import { table } from "../protocol_page/tables.ts";

export interface CommandsPageParts {
  /** The page in Markdown, with `{{group}}` where the commands of a group stand, and `{{emoji}}` where the names do. */
  readonly words: string;
  readonly commands: readonly Command[];
  /** The titles of the groups. */
  readonly groups: Readonly<Record<string, string>>;
  /** Names that can be typed, each with its emoji. */
  readonly emoji: readonly (readonly [name: string, emoji: string])[];
}

/** The page of commands. Throws an Error if its words ask for a part that there is not, or leave a group out. */
export function commandsPage({ words, commands, groups, emoji }: CommandsPageParts): string {
  const parts = new Map(
    Object.keys(groups).map((group) => [
      group,
      commandTable(commands.filter((command) => command.group === group)),
    ]),
  );
  parts.set("emoji", emoji.map(([name, character]) => `\`${name}\` ${character}`).join(" · "));
  const missing = new Set(parts.keys());
  const page = words.replaceAll(/\{\{([^}]*)\}\}/g, (_, name: string) => {
    const part = parts.get(name);
    if (part === undefined) throw new Error(`There is no part {{${name}}} to fill into the page of commands`);
    missing.delete(name);
    return part;
  });
  if (missing.size === 0) return page;
  throw new Error(`The page of commands leaves out ${[...missing].join(", ")}`);
}

function commandTable(commands: readonly Command[]): string {
  return table(["Command", "What it does"], commands.map((command) => [written(command), does(command)]));
}

function written(command: Command): string {
  const others = (command.otherNames ?? []).map((name) => `, \`/${name}\``);
  return `\`${usage(command)}\`${others.join("")}`;
}

function does({ says, needs }: Command): string {
  const who = needs === undefined ? undefined : whoMay(needs);
  return who === undefined ? `${says}.` : `${says}. For ${who}.`;
}

/** The roles that may make the request, where those are not all. */
function whoMay(type: RequestType): string | undefined {
  const declaration = declarationOf(type);
  if (declaration.phase !== "member" || declaration.roles.length === roles.length) return undefined;
  return declaration.roles.map((role) => `${role}s`).join(", ").replace(/, (?=[^,]*$)/, " and ");
}
