/** Telling a room that somebody is writing. */
import { encode, limits, type Request, toBytes } from "../../shared/protocol/mod.ts";
import type { Guest } from "./guest.ts";
import type { Hub } from "./hub.ts";
import { type Membership, membershipOf } from "./membership.ts";
import { refuseSilenced } from "./room_rights.ts";
import { whenSettled } from "./settled.ts";

/** It is told again at most so often, in milliseconds: well before the others stop showing it. */
const tellEveryMs = limits.typingMs / 2;

export function typing(hub: Hub, guest: Guest, request: Request<"typing">): void {
  const membership = membershipOf(guest.account, request.room);
  refuseSilenced(membership);
  whenSettled(hub, () => {
    if (isDue(hub, guest, membership)) tell(hub, guest, membership, request.thread);
    guest.answer({ type: "ok", re: request.id });
  });
}

/** Crowds are not told, nor is anybody who has been told just now. */
function isDue(hub: Hub, { account }: Guest, membership: Membership): boolean {
  const { room, typingToldAt = -Infinity } = membership;
  return room.members.size <= limits.presenceMembers && room.members.has(account.id) &&
    hub.world.clock.monotonic() - typingToldAt >= tellEveryMs;
}

function tell(hub: Hub, { account }: Guest, membership: Membership, thread: number | undefined): void {
  const { room } = membership;
  membership.typingToldAt = hub.world.clock.monotonic();
  // A message of theirs from this very turn comes first: it would end the notice.
  hub.fanOut.flushRoom(room);
  const line = toBytes(encode({ type: "typing", room: room.name, username: account.name, thread }));
  for (const outbox of room.attached) if (!account.sessions.has(outbox)) outbox.pushMomentary(line);
}
