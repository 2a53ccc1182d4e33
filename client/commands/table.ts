import type { Role } from "../../shared/protocol/mod.ts";
import { type Command, isOffered } from "./command.ts";
import { create } from "./create.ts";
import { devices } from "./devices.ts";
import { helpCommand } from "./help.ts";
import { history } from "./history.ts";
import { invite } from "./invite.ts";
import { join } from "./join.ts";
import { leave } from "./leave.ts";
import { password } from "./password.ts";
import { people } from "./people.ts";
import { policy } from "./policy.ts";
import { quit } from "./quit.ts";
import { reset } from "./reset.ts";
import { revoke } from "./revoke.ts";
import { role } from "./role.ts";
import { room } from "./room.ts";
import { rooms } from "./rooms.ts";
import { twoFactor } from "./two_factor.ts";
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
  password,
  twoFactor,
  devices,
  revoke,
  invite,
  people,
  role,
  reset,
  policy,
  quit,
];

/** The command of this name, or undefined. */
export function commandNamed(name: string): Command | undefined {
  return commands.find((command) => command.name === name || command.otherNames?.includes(name));
}

/** All names under which commands answer, or those of the commands that a person of this role has a use for. */
export function commandNames(role?: Role): readonly string[] {
  const offered = commands.filter((command) => role === undefined || isOffered(command, role));
  return offered.flatMap(({ name, otherNames = [] }) => [name, ...otherNames]);
}
