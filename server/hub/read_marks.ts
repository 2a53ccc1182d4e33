/** How far somebody has read. */
import type { Request } from "../../shared/protocol/mod.ts";
import type { Guest } from "./guest.ts";
import type { Hub } from "./hub.ts";
import { type Membership, membershipOf } from "./membership.ts";

/** Moves the mark forward, never back and never past what there is. */
export function read(hub: Hub, guest: Guest, request: Request<"read">): void {
  const membership = membershipOf(guest.account, request.room);
  const upTo = Math.min(request.seq, membership.room.committedSeq);
  move(hub, guest, request.id, membership, Math.max(membership.read, upTo));
}

/** Moves the mark back to before a message, never forward. */
export function unread(hub: Hub, guest: Guest, request: Request<"unread">): void {
  const membership = membershipOf(guest.account, request.room);
  move(hub, guest, request.id, membership, Math.min(membership.read, request.seq - 1));
}

function move(hub: Hub, guest: Guest, re: string, membership: Membership, seq: number): void {
  const { account } = guest;
  const { room, read: before } = membership;
  membership.read = seq;
  hub.journal.add({
    changes: seq === before ? [] : [{ kind: "read", roomId: room.row.id, accountId: account.id, seq }],
    committed: () => {
      // The mark may be at what the same session has said just now: it hears that first.
      hub.fanOut.flushRoom(room);
      guest.answer({ type: "ok", re, room: room.name, seq });
      if (seq !== before) hub.unread.changed(account, membership);
    },
    failed: (refusal) => {
      membership.read = before;
      guest.refuse(refusal, re);
    },
  });
}
