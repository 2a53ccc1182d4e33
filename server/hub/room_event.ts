/** Whatever happens to a message that is there already: an event with the next `seq`, told to everybody in the room. */
import { type Answer, encode, type Push, type Refusal } from "../../shared/protocol/mod.ts";
import type { Change, EventRow } from "../store/mod.ts";
import type { Guest } from "./guest.ts";
import type { Hub } from "./hub.ts";
import type { Room } from "./room.ts";

export interface RoomHappening {
  readonly room: Room;
  /** What is stored of it, beside who did it, when and in which place. */
  readonly row: Omit<EventRow, "seq" | "time" | "accountId">;
  /** What the room is told. */
  push(seq: number, time: number): Push;
  /** What the session that asked for it is told beside its place. */
  readonly answer?: Pick<Answer<"ok">, "mentions">;
  /** What else is stored with it. */
  changes?(time: number): readonly Change[];
  /** It is on disk, and is about to be told. */
  committed?(): void;
  /** It could not be stored: memory is to be as it was before. */
  takeBack?(): void;
}

/** Decides that it happens. The session that asked by `re` gets `ok` with its place instead of hearing of it. */
export function happen(hub: Hub, guest: Guest, re: string, happening: RoomHappening): void {
  const { room } = happening;
  const event: EventRow = {
    ...happening.row,
    seq: ++room.seq,
    time: hub.world.clock.now(),
    accountId: guest.account.id,
  };
  const { seq, time } = event;
  hub.journal.add({
    changes: [
      { kind: "event", roomId: room.row.id, event, nonce: undefined },
      ...happening.changes?.(time) ?? [],
    ],
    committed() {
      room.committedSeq = seq;
      happening.committed?.();
      const answer = encode({ type: "ok", re, room: room.name, seq, time, ...happening.answer });
      hub.fanOut.tell(room, encode(happening.push(seq, time)), guest.outbox, answer);
    },
    failed(refusal: Refusal) {
      room.seq--;
      happening.takeBack?.();
      guest.refuse(refusal, re);
    },
  });
}
