/** Deciding how members stand in a room. */
import { Refusal, type Request } from "../../shared/protocol/mod.ts";
import type { Account } from "./account.ts";
import { Appointment } from "./appointment.ts";
import type { Guest } from "./guest.ts";
import type { Hub } from "./hub.ts";
import { membershipOf } from "./membership.ts";
import { memberNamed, refuseBot } from "./people_named.ts";
import { isStaff, refuseArchived, refuseDirect, refuseUnlessModerator } from "./room_rights.ts";
import { answerUnchanged, decide } from "./steps.ts";
import { isLastModerator } from "./succession.ts";

export function standing(hub: Hub, guest: Guest, request: Request<"standing">): void {
  const own = membershipOf(guest.account, request.room), { room } = own;
  refuseDirect(room);
  refuseUnlessModerator(guest.account, own, "decide how people stand there");
  refuseArchived(room);
  const { account, membership } = memberNamed(hub, room, request.username);
  const asking = { guest, re: request.id };
  if (membership.standing === request.standing) return answerUnchanged(hub, asking, room);
  if (request.standing === "muted") refuseStaff(account);
  if (request.standing === "moderator") refuseBot(account, "sees to no room");
  if (isLastModerator(hub, account, membership)) {
    throw new Refusal(
      "forbidden",
      `"${account.name}" is the last moderator of "${room.name}". Make somebody else one first`,
    );
  }
  decide(hub, asking, { asked: new Appointment(hub, guest.account, account, membership, request.standing) });
}

function refuseStaff({ name, role }: Account): void {
  if (!isStaff(role)) return;
  throw new Refusal("forbidden", `"${name}" looks after the whole server, and cannot be muted`);
}
