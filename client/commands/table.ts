import type { Role } from "../../shared/protocol/mod.ts";
import { type Command, isOffered } from "./command.ts";
import { helpCommand } from "./help.ts";
import { access } from "./access.ts";
import { add } from "./add.ts";
import { archive } from "./archive.ts";
import { ban } from "./ban.ts";
import { cancel } from "./cancel.ts";
import { bot } from "./bot.ts";
import { bots } from "./bots.ts";
import { bans } from "./bans.ts";
import { create } from "./create.ts";
import { deactivate } from "./deactivate.ts";
import { deleteCommand } from "./delete.ts";
import { describe } from "./describe.ts";
import { devices } from "./devices.ts";
import { direct } from "./direct.ts";
import { drafts } from "./drafts.ts";
import { edit } from "./edit.ts";
import { edits } from "./edits.ts";
import { expire } from "./expire.ts";
import { files } from "./files.ts";
import { follow } from "./follow.ts";
import { history } from "./history.ts";
import { hold } from "./hold.ts";
import { invite } from "./invite.ts";
import { join } from "./join.ts";
import { keep } from "./keep.ts";
import { kick } from "./kick.ts";
import { leave } from "./leave.ts";
import { link } from "./link.ts";
import { me } from "./me.ts";
import { mentions } from "./mentions.ts";
import { moderator } from "./moderator.ts";
import { mute } from "./mute.ts";
import { name } from "./name.ts";
import { notify } from "./notify.ts";
import { open } from "./open.ts";
import { password } from "./password.ts";
import { people } from "./people.ts";
import { pin } from "./pin.ts";
import { pins } from "./pins.ts";
import { policy } from "./policy.ts";
import { profile } from "./profile.ts";
import { quit } from "./quit.ts";
import { quote } from "./quote.ts";
import { react } from "./react.ts";
import { reactivate } from "./reactivate.ts";
import { reply } from "./reply.ts";
import { reset } from "./reset.ts";
import { revoke } from "./revoke.ts";
import { role } from "./role.ts";
import { room } from "./room.ts";
import { rooms } from "./rooms.ts";
import { search } from "./search.ts";
import { show } from "./show.ts";
import { status } from "./status.ts";
import { thread } from "./thread.ts";
import { threads } from "./threads.ts";
import { topic } from "./topic.ts";
import { twoFactor } from "./two_factor.ts";
import { unfollow } from "./unfollow.ts";
import { unpin } from "./unpin.ts";
import { unreact } from "./unreact.ts";
import { unread } from "./unread.ts";
import { upload } from "./upload.ts";
import { usual } from "./usual.ts";
import { who } from "./who.ts";
import { zone } from "./zone.ts";

/** Every command, in the order in which help shows them. */
export const commands: readonly Command[] = [
  helpCommand(() => commands),
  reply,
  quote,
  edit,
  deleteCommand,
  react,
  unreact,
  upload,
  cancel,
  expire,
  me,
  pin,
  unpin,
  link,
  history,
  show,
  thread,
  threads,
  follow,
  unfollow,
  unread,
  mentions,
  search,
  pins,
  open,
  files,
  edits,
  drafts,
  rooms,
  join,
  room,
  leave,
  create,
  notify,
  topic,
  describe,
  access,
  archive,
  keep,
  kick,
  ban,
  bans,
  mute,
  moderator,
  usual,
  who,
  profile,
  direct,
  add,
  status,
  name,
  zone,
  password,
  twoFactor,
  devices,
  revoke,
  invite,
  people,
  role,
  reset,
  policy,
  hold,
  bots,
  bot,
  deactivate,
  reactivate,
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
