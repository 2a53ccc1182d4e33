import type { Role } from "../../shared/protocol/mod.ts";
import type { Command } from "./command.ts";
import { nearestName } from "./nearest_name.ts";
import { commandNamed, commandNames } from "./table.ts";

/** What a person meant by a line. */
export type Intent =
  | { readonly kind: "nothing" }
  | { readonly kind: "say"; readonly text: string }
  | {
    readonly kind: "run";
    readonly command: Command;
    readonly words: readonly string[];
    readonly rest: string;
  }
  | { readonly kind: "unknown"; readonly text: string };

/**
 * A line that begins with `/` is a command. `//` begins a text that begins with `/`; several lines are a text, unless
 * they begin with a command that takes one. What a person of this `role` has no use for is not taken for what they meant.
 */
export function understand(line: string, role?: Role): Intent {
  const text = line.trimEnd();
  if (text.trim() === "") return { kind: "nothing" };
  if (text.startsWith("//")) return { kind: "say", text: text.slice(1) };
  const [, name, rest = ""] = /^\/(\S*)\s*([^]*)$/.exec(text) ?? [];
  if (name === undefined) return { kind: "say", text };
  const command = commandNamed(name.toLowerCase());
  if (text.includes("\n") && !command?.takesText) return { kind: "say", text };
  if (command === undefined) return unknown(name, role);
  return { kind: "run", command, words: rest === "" ? [] : rest.split(/\s+/), rest };
}

function unknown(name: string, role: Role | undefined): Intent {
  const nearest = nearestName(name.toLowerCase(), commandNames(role));
  const hint = nearest === undefined
    ? "/help lists all; // begins a text with /"
    : `Did you mean /${nearest}?`;
  return { kind: "unknown", text: `There is no such command. ${hint}` };
}
