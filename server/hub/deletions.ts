/** Deleting messages. */
import { Refusal, type Request } from "../../shared/protocol/mod.ts";
import { tellReplyGone } from "./following.ts";
import type { Guest } from "./guest.ts";
import type { Hub } from "./hub.ts";
import { messageIn, settledMembership } from "./message.ts";
import { happen } from "./room_event.ts";
import { mayModerate, refuseArchived, refuseHeld } from "./room_rights.ts";

/** Takes a message away for good; its place stays, and with it the thread that it begins. Muted people may take back what they said. */
export function deleteMessage(hub: Hub, guest: Guest, request: Request<"delete">): void {
  const { account } = guest;
  const membership = settledMembership(hub, account, request.room), { room } = membership;
  const { seq, accountId, thread } = messageIn(hub, room, request.seq);
  refuseArchived(room);
  refuseHeld(room);
  if (accountId !== account.id && !mayModerate(account, membership)) {
    throw new Refusal(
      "forbidden",
      "Only whoever said it and the room's moderators may delete a message. Ask one of them",
    );
  }
  const meant = hub.store.details.meant(room.row.id, seq);
  room.deleting.add(seq);
  happen(hub, guest, request.id, {
    room,
    row: { type: "deleted", target: seq, text: undefined },
    changes: () => [{ kind: "message_deleted", roomId: room.row.id, seq }],
    push: (place, time) => ({
      type: "deleted",
      room: room.name,
      seq: place,
      time,
      from: account.name,
      target: seq,
    }),
    committed() {
      room.deleting.delete(seq);
      if (thread === undefined) hub.unread.gone(room, [{ seq, accountId, meantIds: meant }]);
      else tellReplyGone(hub, room, thread, seq);
    },
    takeBack: () => room.deleting.delete(seq),
  });
}
