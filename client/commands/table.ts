import type { Command } from "./command.ts";
import { create } from "./create.ts";
import { helpCommand } from "./help.ts";
import { history } from "./history.ts";
import { invite } from "./invite.ts";
import { join } from "./join.ts";
import { leave } from "./leave.ts";
import { quit } from "./quit.ts";
import { room } from "./room.ts";
import { rooms } from "./rooms.ts";
import { who } from "./who.ts";

/** Every command, in the order in which help shows them. */
export const commands: readonly Command[] = [
  helpCommand(() => commands),
  rooms,
  join,
  room,
  leave,
  create,
  who,
  history,
  invite,
  quit,
];

/** The command of this name, or undefined. */
export function commandNamed(name: string): Command | undefined {
  return commands.find((command) => command.name === name || command.otherNames?.includes(name));
}

/** All names under which commands answer. */
export function commandNames(): readonly string[] {
  return commands.flatMap(({ name, otherNames = [] }) => [name, ...otherNames]);
}
