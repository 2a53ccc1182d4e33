/** A room that people are in has somebody who sees to it: when the last moderator goes, whoever is there longest follows. */
import type { Account } from "./account.ts";
import { Appointment } from "./appointment.ts";
import { firstRoom, type Hub } from "./hub.ts";
import type { Membership } from "./membership.ts";
import type { Room } from "./room.ts";

interface Member {
  readonly account: Account;
  readonly membership: Membership;
}

/** What must be decided before `leaver`, of this membership, goes by what `by` does: somebody's becoming a moderator, or nothing. */
export function succession(hub: Hub, by: Account, leaver: Account, membership: Membership): Appointment[] {
  if (!isLastModerator(hub, leaver, membership)) return [];
  const [next] = othersIn(hub, membership.room, leaver).sort(bySuitability);
  if (next === undefined || next.membership.standing === "moderator") return [];
  return [new Appointment(hub, by, next.account, next.membership, "moderator")];
}

/** What must be decided after somebody came into a room that everybody had left. */
export function accession(hub: Hub, account: Account, room: Room): Appointment[] {
  const membership = account.memberships.get(room.name);
  if (room.name === firstRoom || membership === undefined) return [];
  return [new Appointment(hub, account, account, membership, "moderator")];
}

/** Whether nobody else who may come back moderates the room. The first room belongs to the staff, and needs nobody. */
export function isLastModerator(hub: Hub, account: Account, { room, standing }: Membership): boolean {
  return standing === "moderator" && room.name !== firstRoom &&
    !othersIn(hub, room, account).some((other) =>
      other.membership.standing === "moderator" && !other.account.deactivated
    );
}

function othersIn({ accounts }: Hub, room: Room, leaver: Account): Member[] {
  return [...room.members].map((id) => accounts.withId(id)).flatMap((account) => {
    const membership = account.memberships.get(room.name);
    return account === leaver || account.isBot || membership === undefined ? [] : [{ account, membership }];
  });
}

/** Who was there first, but those who cannot, could not and may not say much come last. */
function bySuitability(one: Member, other: Member): number {
  return obstacles(one) - obstacles(other) || one.membership.since - other.membership.since;
}

function obstacles({ account, membership }: Member): number {
  if (account.deactivated) return membership.standing === "moderator" ? 3 : 4;
  if (membership.standing === "muted") return 2;
  return account.role === "guest" ? 1 : 0;
}
