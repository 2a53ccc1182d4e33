import type { Role } from "../../shared/protocol/mod.ts";
import type { Command } from "./command.ts";
import { nearestName } from "./nearest_name.ts";
import { commandNamed, commandNames } from "./table.ts";

/** What a person meant by a line. */
export type Intent =
  | { readonly kind: "nothing" }
  | { readonly kind: "say"; readonly text: string }
  | { readonly kind: "run"; readonly command: Command; readonly words: readonly string[] }
  | { readonly kind: "unknown"; readonly text: string };

/**
 * One line that begins with `/` is a command. `//` begins a text that begins with `/`; several lines are a text. What a
 * person of this `role` has no use for is not taken for what they meant.
 */
export function understand(line: string, role?: Role): Intent {
  const text = line.trimEnd();
  if (text.trim() === "") return { kind: "nothing" };
  if (text.startsWith("//")) return { kind: "say", text: text.slice(1) };
  if (!text.startsWith("/") || text.includes("\n")) return { kind: "say", text };
  const [name = "", ...words] = text.slice(1).split(/\s+/);
  const command = commandNamed(name.toLowerCase());
  return command === undefined ? unknown(name, role) : { kind: "run", command, words };
}

function unknown(name: string, role: Role | undefined): Intent {
  const nearest = nearestName(name.toLowerCase(), commandNames(role));
  const hint = nearest === undefined
    ? "/help lists all; // begins a text with /"
    : `Did you mean /${nearest}?`;
  return { kind: "unknown", text: `There is no such command. ${hint}` };
}
