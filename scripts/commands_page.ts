/**
 * `deno task commands [--check]`: writes docs/commands.md from the table of client/commands and the words of
 * commands_page/page.md; with `--check` only tells whether it is up to date.
 */
import { commands, groups, namedEmoji } from "../client/commands/mod.ts";
import { commandsPage } from "./commands_page/page.ts";

const root = new URL("..", import.meta.url);
const page = new URL("docs/commands.md", root);

/** The page as it is to be. Throws an Error where its words ask for a part that there is not. */
export function currentCommandsPage(): string {
  return commandsPage({
    words: Deno.readTextFileSync(new URL("scripts/commands_page/page.md", root)),
    commands,
    groups,
    emoji: Object.entries(namedEmoji),
  });
}

function main(args: readonly string[]): void {
  const text = currentCommandsPage();
  if (!args.includes("--check")) {
    Deno.writeTextFileSync(page, text);
    return console.log("commands: wrote docs/commands.md");
  }
  if (Deno.readTextFileSync(page) === text) return console.log("commands: docs/commands.md is up to date");
  console.error(
    "commands: docs/commands.md is not up to date. Run deno task commands, and commit the result",
  );
  Deno.exitCode = 1;
}

if (import.meta.main) main(Deno.args);
