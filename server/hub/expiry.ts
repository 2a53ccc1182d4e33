/** What is over is taken away as by a deletion, and the room is told of all that goes at once by one event. */
import { encode, type Refusal } from "../../shared/protocol/mod.ts";
import type { Change, OverRow } from "../store/mod.ts";
import { tellReplyGone } from "./following.ts";
import type { Hub } from "./hub.ts";
import type { Entry } from "./journal.ts";
import { endOf, horizonOf } from "./lifetimes.ts";
import type { Room } from "./room.ts";

/** Takes at most `limit` messages of a room away that are over. */
export function expireSome(hub: Hub, room: Room, limit: number): "done" | "some" | "failed" {
  // What the store tells must be what is so.
  if (room.seq !== room.committedSeq) hub.journal.commit();
  if (room.row.held || room.dueAt > hub.world.clock.now()) return "done";
  const over = hub.store.expiry.over(room.row.id, horizonOf(hub, room), limit);
  const [first] = over;
  if (first === undefined) {
    room.dueAt = nextEnd(hub, room);
    return "done";
  }
  const expiry = new Expiry(hub, room, first.accountId, over);
  hub.journal.add(expiry);
  hub.journal.commit();
  return expiry.isStored ? "some" : "failed";
}

/** When the next message of a room will be over. */
function nextEnd(hub: Hub, room: Room): number {
  const { expires, said } = hub.store.expiry.earliest(room.row.id);
  return Math.min(expires ?? Infinity, said === undefined ? Infinity : endOf(hub, room, { time: said }));
}

class Expiry implements Entry {
  readonly changes: readonly Change[];
  isStored = false;
  readonly #hub: Hub;
  readonly #room: Room;
  readonly #over: readonly OverRow[];
  readonly #meant: ReadonlyMap<number, readonly number[]>;
  readonly #seq: number;
  readonly #time: number;

  /** Nobody does it, but an event has an author: whoever said the first of them. */
  constructor(hub: Hub, room: Room, accountId: number, over: readonly OverRow[]) {
    this.#hub = hub;
    this.#room = room;
    this.#over = over;
    const roomId = room.row.id;
    this.#meant = new Map(over.map(({ seq }) => [seq, hub.store.details.meant(roomId, seq)]));
    const seq = this.#seq = ++room.seq;
    const time = this.#time = hub.world.clock.now();
    const targets = this.#targets;
    const event = { seq, type: "expired", accountId, time, text: undefined, targets } as const;
    this.changes = [
      { kind: "event", roomId, event, nonce: undefined },
      { kind: "messages_expired", roomId, seqs: targets },
    ];
  }

  committed(): void {
    const hub = this.#hub, room = this.#room, seq = this.#seq;
    this.isStored = true;
    room.committedSeq = seq;
    hub.unread.gone(
      room,
      this.#over.filter(({ thread }) => thread === undefined)
        .map(({ seq, accountId }) => ({ seq, accountId, meantIds: this.#meant.get(seq) ?? [] })),
    );
    for (const [thread, replies] of Map.groupBy(this.#over, (row) => row.thread)) {
      const newest = replies.at(-1)?.seq;
      if (thread !== undefined && newest !== undefined) tellReplyGone(hub, room, thread, newest);
    }
    hub.fanOut.tell(
      room,
      encode({ type: "expired", room: room.name, seq, time: this.#time, targets: this.#targets }),
    );
  }

  failed(_refusal: Refusal): void {
    this.#room.seq--;
  }

  get #targets(): readonly number[] {
    return this.#over.map(({ seq }) => seq);
  }
}
