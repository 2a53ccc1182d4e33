/** Saying something in a room. */
import { encode, limits, Refusal, type Request } from "../../shared/protocol/mod.ts";
import type { EventRow } from "../store/mod.ts";
import type { Guest } from "./guest.ts";
import type { Hub } from "./hub.ts";
import type { Entry } from "./journal.ts";
import { membershipOf } from "./membership.ts";
import type { Room } from "./room.ts";

/** Decides on a message. Its `ok` and its delivery follow when it is on disk. */
export function send(hub: Hub, guest: Guest, request: Request<"send">): void {
  const { room } = membershipOf(guest.account, request.room);
  const earlier = request.nonce === undefined ? undefined : findEarlier(hub, guest, room, request.nonce);
  if (earlier !== undefined) hub.journal.add(new Repetition(hub, guest, room, request.id, earlier));
  else hub.journal.add(new Message(hub, guest, room, request));
}

function findEarlier(hub: Hub, guest: Guest, room: Room, nonce: string): Sent | undefined {
  const pending = room.pendingNonces.get(nonceKey(guest, nonce));
  if (pending !== undefined) return pending;
  const since = hub.world.clock.now() - limits.nonceLifeMs;
  return hub.store.events.withNonce(guest.account.id, room.row.id, nonce, since);
}

function nonceKey(guest: Guest, nonce: string): string {
  return `${guest.account.id} ${nonce}`;
}

interface Sent {
  readonly seq: number;
  readonly time: number;
}

class Message implements Entry {
  readonly changes: Entry["changes"];
  readonly #hub: Hub;
  readonly #guest: Guest;
  readonly #room: Room;
  readonly #request: Request<"send">;
  readonly #event: EventRow;

  constructor(hub: Hub, guest: Guest, room: Room, request: Request<"send">) {
    this.#hub = hub;
    this.#guest = guest;
    this.#room = room;
    this.#request = request;
    this.#event = {
      seq: ++room.seq,
      type: "message",
      accountId: guest.account.id,
      time: hub.world.clock.now(),
      text: request.text,
    };
    this.changes = [{ kind: "event", roomId: room.row.id, event: this.#event, nonce: request.nonce }];
    if (request.nonce !== undefined) room.pendingNonces.set(nonceKey(guest, request.nonce), this.#event);
  }

  committed(): void {
    const { seq, time } = this.#event;
    const { name } = this.#room;
    this.#room.committedSeq = seq;
    this.#forgetNonce();
    const from = this.#guest.account.name;
    this.#hub.fanOut.tell(
      this.#room,
      encode({ type: "message", room: name, seq, from, time, text: this.#request.text }),
      this.#guest.outbox,
      encode({ type: "ok", re: this.#request.id, room: name, seq, time }),
    );
  }

  failed(refusal: Refusal): void {
    this.#room.seq--;
    this.#forgetNonce();
    this.#guest.refuse(refusal, this.#request.id);
  }

  #forgetNonce(): void {
    if (this.#request.nonce !== undefined) {
      this.#room.pendingNonces.delete(nonceKey(this.#guest, this.#request.nonce));
    }
  }
}

/** The same message again: nothing is stored, and the answer is the first one's. */
class Repetition implements Entry {
  readonly changes = [];
  readonly #hub: Hub;
  readonly #guest: Guest;
  readonly #room: Room;
  readonly #re: string;
  readonly #earlier: Sent;

  constructor(hub: Hub, guest: Guest, room: Room, re: string, earlier: Sent) {
    this.#hub = hub;
    this.#guest = guest;
    this.#room = room;
    this.#re = re;
    this.#earlier = earlier;
  }

  committed(): void {
    const { seq, time } = this.#earlier;
    // Nobody hears a `seq` before the lower ones, even where the first of the two was said in this very turn.
    this.#hub.fanOut.flushRoom(this.#room);
    this.#guest.answer({ type: "ok", re: this.#re, room: this.#room.name, seq, time });
  }

  failed(refusal: Refusal): void {
    this.#guest.refuse(refusal, this.#re);
  }
}
