/** What somebody may do in a room that they are in, beyond reading it. */
import { Refusal, type Role } from "../../shared/protocol/mod.ts";
import type { Membership } from "./membership.ts";
import type { Room } from "./room.ts";

/**
 * Whether a member sees to the room: by their standing there, or because they look after the whole server. Nobody sees
 * to a direct conversation.
 */
export function mayModerate({ role }: { readonly role: Role }, { room, standing }: Membership): boolean {
  return room.row.access !== "direct" && (standing === "moderator" || isStaff(role));
}

/** Whether a role makes somebody a moderator of every room that they are in. */
export function isStaff(role: Role): boolean {
  return role === "owner" || role === "admin";
}

/** Throws `forbidden` unless the member sees to the room; `what` says what only a moderator may. */
export function refuseUnlessModerator(
  account: { readonly role: Role },
  membership: Membership,
  what: string,
): void {
  if (mayModerate(account, membership)) return;
  throw new Refusal(
    "forbidden",
    `Only a moderator of "${membership.room.name}" may ${what}. Ask one of them`,
  );
}

/** Throws `archived` or `muted` where nothing may be said or changed by this member: they only read. */
export function refuseSilenced({ room, standing }: Membership): void {
  refuseArchived(room);
  if (standing !== "muted") return;
  throw new Refusal(
    "muted",
    `You are muted in "${room.name}": you can read, and not say anything. Its moderators can change that`,
  );
}

/** Throws `archived` where nothing happens any more. */
export function refuseArchived(room: Room): void {
  if (!room.row.archived) return;
  throw new Refusal(
    "archived",
    `"${room.name}" is archived: it can be read, and nothing be said. Its moderators can open it again`,
  );
}

/** Throws `held` where nothing may be deleted. */
export function refuseHeld(room: Room): void {
  if (!room.row.held) return;
  throw new Refusal(
    "held",
    `"${room.name}" is under legal hold: nothing in it may be deleted until an owner of the server ends that`,
  );
}

/** Throws `forbidden` where the people are fixed; `advice` says what to do instead. */
export function refuseDirect(
  room: Room,
  advice: string = "For other people, open another conversation or make a room",
): void {
  if (room.row.access !== "direct") return;
  throw new Refusal("forbidden", `This is a direct conversation: who is in it never changes. ${advice}`);
}
