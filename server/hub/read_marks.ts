/** How far somebody has read. */
import { encode, type Request, toBytes } from "../../shared/protocol/mod.ts";
import type { Guest } from "./guest.ts";
import type { Hub } from "./hub.ts";
import { membershipOf } from "./membership.ts";

/** Moves the mark forward, never back and never past what there is, and tells the account's other sessions. */
export function read(hub: Hub, guest: Guest, request: Request<"read">): void {
  const membership = membershipOf(guest.account, request.room);
  const { room } = membership;
  const before = membership.read;
  const seq = Math.max(before, Math.min(request.seq, room.committedSeq));
  membership.read = seq;
  hub.journal.add({
    changes: seq === before ? [] : [{ kind: "read", roomId: room.row.id, accountId: guest.account.id, seq }],
    committed: () => {
      guest.answer({ type: "ok", re: request.id, room: room.name, seq });
      if (seq === before) return;
      const line = toBytes(encode({ type: "read", room: room.name, seq }));
      for (const outbox of guest.account.sessions.keys()) if (outbox !== guest.outbox) outbox.push(line);
    },
    failed: (refusal) => {
      membership.read = before;
      guest.refuse(refusal, request.id);
    },
  });
}
