/** Saying how one is here. */
import type { Request } from "../../shared/protocol/mod.ts";
import type { Guest } from "./guest.ts";
import type { Hub } from "./hub.ts";
import { tellOthers } from "./telling.ts";

/** Notes whether this session is idle, and whether its account wants to be left alone. */
export function status(hub: Hub, guest: Guest, request: Request<"status">): void {
  const { account, outbox } = guest;
  if (request.status === "away") account.idleSessions.add(outbox);
  if (request.status === "online") account.idleSessions.delete(outbox);
  const before = account.busy, after = request.busy ?? before;
  account.busy = after;
  hub.journal.add({
    changes: before === after ? [] : [{ kind: "busy", accountId: account.id, busy: after }],
    committed: () => {
      guest.answer({ type: "ok", re: request.id });
      hub.presence.changed(account);
      if (before === after) return;
      tellOthers(guest, { type: "presence", username: account.name, status: account.presence });
    },
    failed: (refusal) => {
      account.busy = before;
      guest.refuse(refusal, request.id);
    },
  });
}
