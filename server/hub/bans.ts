/** Who was banned from a room. */
import type { Request } from "../../shared/protocol/mod.ts";
import type { Guest } from "./guest.ts";
import type { Hub } from "./hub.ts";
import { inNameOrder } from "./listings.ts";
import { membershipOf } from "./membership.ts";
import { cutPage } from "./page.ts";
import type { Room } from "./room.ts";
import { refuseDirect, refuseUnlessModerator } from "./room_rights.ts";
import { whenSettled } from "./settled.ts";

export function bans(hub: Hub, guest: Guest, request: Request<"bans">): void {
  const own = membershipOf(guest.account, request.room);
  refuseDirect(own.room);
  refuseUnlessModerator(guest.account, own, "see who was banned");
  whenSettled(hub, () => answerBans(hub, guest, request, own.room));
}

function answerBans({ accounts }: Hub, guest: Guest, { id, after }: Request<"bans">, room: Room): void {
  const names = inNameOrder([...room.banned].map((id) => accounts.withId(id)), after).map(({ name }) => name);
  const { items, more } = cutPage(names, names.length);
  guest.answer({ type: "bans", re: id, room: room.name, usernames: items, more });
}
