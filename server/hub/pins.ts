/** Pinning messages to their room. */
import { limits, Refusal, type Request } from "../../shared/protocol/mod.ts";
import type { Guest } from "./guest.ts";
import type { Hub } from "./hub.ts";
import { membershipOf } from "./membership.ts";
import { messageIn, settledMembership } from "./message.ts";
import type { Room } from "./room.ts";
import { horizonOf, isOver } from "./lifetimes.ts";
import { happen } from "./room_event.ts";
import { refuseSilenced } from "./room_rights.ts";
import { showPage } from "./shown_events.ts";
import { answerUnchanged } from "./steps.ts";

export function pin(hub: Hub, guest: Guest, request: Request<"pin">): void {
  setPinned(hub, guest, request, true);
}

export function unpin(hub: Hub, guest: Guest, request: Request<"unpin">): void {
  setPinned(hub, guest, request, false);
}

function setPinned(hub: Hub, guest: Guest, request: Request<"pin" | "unpin">, pinned: boolean): void {
  const { account } = guest;
  const membership = settledMembership(hub, account, request.room), { room } = membership;
  const message = messageIn(hub, room, request.seq), { seq: target } = message;
  refuseSilenced(membership);
  if (message.pinned === pinned) return answerUnchanged(hub, { guest, re: request.id }, room);
  if (pinned) refuseTooMany(hub, room);
  const type = pinned ? "pinned" : "unpinned";
  happen(hub, guest, request.id, {
    room,
    row: { type, target, text: undefined },
    changes: () => [{ kind: "pin", roomId: room.row.id, seq: target, pinned }],
    push: (seq, time) => ({ type, room: room.name, seq, time, from: account.name, target }),
  });
}

function refuseTooMany(hub: Hub, room: Room): void {
  if (hub.store.events.pinnedCount(room.row.id) < limits.pinsPerRoom) return;
  throw new Refusal(
    "forbidden",
    `"${room.name}" has ${limits.pinsPerRoom} pinned messages, which is as many as it may have. Unpin one first`,
  );
}

/** The pinned messages of a room. */
export function pins(hub: Hub, guest: Guest, request: Request<"pins">): void {
  const { room } = membershipOf(guest.account, request.room);
  const horizon = horizonOf(hub, room);
  const rows = [...hub.store.events.pinned(room.row.id, request.before ?? room.committedSeq + 1)]
    .filter((row) => !isOver(row, horizon));
  const { items, more } = showPage(hub, room, rows, limits.pinsPerRoom);
  guest.answer({
    type: "messages",
    re: request.id,
    messages: items.map((message) => ({ room: room.name, message })),
    more,
    next: more ? items.at(-1)?.seq : undefined,
  });
}
