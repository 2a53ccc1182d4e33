/** Making a room. */
import { encode, limits, Refusal, type Request } from "../../shared/protocol/mod.ts";
import type { Change, RoomRow } from "../store/mod.ts";
import type { Guest } from "./guest.ts";
import type { Hub } from "./hub.ts";
import { Joining, refuseTooMany } from "./joining.ts";

/** Makes a room whose first event is its maker's `joined`. */
export function create(hub: Hub, guest: Guest, request: Request<"create">): void {
  if (hub.rooms.named(request.room) !== undefined) {
    throw new Refusal("room_exists", `There is a room named "${request.room}" already`);
  }
  refuseTooMany(guest);
  refuseTooManyMade(guest);
  const row: RoomRow = {
    id: hub.rooms.nextId(),
    name: request.room,
    kind: request.kind ?? "standard",
    access: request.access ?? "public",
    topic: request.topic,
    creatorId: guest.account.id,
  };
  guest.account.roomsMade++;
  const room = hub.rooms.add(row, 0);
  const joining = new Joining(hub, guest.account, room);
  const made: Change = { kind: "room", room: row, time: joining.event.time };
  hub.journal.add({
    changes: [made, ...joining.changes],
    committed: () => {
      const { seq, time } = joining.event;
      joining.committed(guest, encode({ type: "ok", re: request.id, room: room.name, seq, time }));
    },
    failed: (refusal) => {
      joining.takeBack();
      hub.rooms.remove(room);
      guest.account.roomsMade--;
      guest.refuse(refusal, request.id);
    },
  });
}

function refuseTooManyMade({ account }: Guest): void {
  if (account.roomsMade < limits.roomsMadePerAccount) return;
  throw new Refusal(
    "forbidden",
    `You have made ${limits.roomsMadePerAccount} rooms, which is as many as one person may make`,
  );
}
