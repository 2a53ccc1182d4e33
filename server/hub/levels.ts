/** What somebody wants to be notified of in a room. The server keeps it, and clients act by it. */
import type { Request } from "../../shared/protocol/mod.ts";
import type { Guest } from "./guest.ts";
import type { Hub } from "./hub.ts";
import { membershipOf } from "./membership.ts";
import { tellOthers } from "./telling.ts";

export function level(hub: Hub, guest: Guest, request: Request<"level">): void {
  const membership = membershipOf(guest.account, request.room);
  const before = membership.level;
  const chosen = request.level;
  const { row, name } = membership.room;
  membership.level = chosen;
  hub.journal.add({
    changes: chosen === before
      ? []
      : [{ kind: "level", roomId: row.id, accountId: guest.account.id, level: chosen }],
    committed: () => {
      guest.answer({ type: "ok", re: request.id });
      if (chosen !== before) tellOthers(guest, { type: "level", room: name, level: chosen });
    },
    failed: (refusal) => {
      membership.level = before;
      guest.refuse(refusal, request.id);
    },
  });
}
