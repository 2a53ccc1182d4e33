/** Becoming and ceasing to be a member of a room. */
import { encode, limits, Refusal, type Request } from "../../shared/protocol/mod.ts";
import type { Change, EventRow } from "../store/mod.ts";
import type { Account } from "./account.ts";
import type { Guest } from "./guest.ts";
import type { Hub } from "./hub.ts";
import { type Membership, membershipOf } from "./membership.ts";
import type { Room } from "./room.ts";

export function join(hub: Hub, guest: Guest, request: Request<"join">): void {
  const membership = guest.account.memberships.get(request.room);
  if (membership !== undefined) return joinAgain(hub, guest, membership.room, request.id);
  const room = hub.rooms.named(request.room);
  if (room === undefined || room.row.access !== "public") {
    throw new Refusal("no_such_room", `There is no room named "${request.room}" that you may join`);
  }
  refuseTooMany(guest);
  const joining = new Joining(hub, guest.account, room);
  hub.journal.add({
    changes: joining.changes,
    committed: () => {
      const { seq, time } = joining.event;
      joining.committed(guest, encode({ type: "ok", re: request.id, room: room.name, seq, time }));
    },
    failed: (refusal) => {
      joining.takeBack();
      guest.refuse(refusal, request.id);
    },
  });
}

/** Answers after what the same session has just done: it hears no `seq` of a room before the lower ones. */
function joinAgain(hub: Hub, guest: Guest, room: Room, re: string): void {
  hub.journal.add({
    changes: [],
    committed: () => {
      hub.fanOut.flushRoom(room);
      guest.answer({ type: "ok", re, room: room.name, seq: room.committedSeq });
    },
    // The membership itself may have been taken back.
    failed: (refusal) => guest.refuse(refusal, re),
  });
}

/** Throws when one account is in as many rooms as it may be. */
export function refuseTooMany(guest: Guest): void {
  if (guest.account.memberships.size < limits.roomsPerAccount) return;
  throw new Refusal(
    "forbidden",
    `You are in ${limits.roomsPerAccount} rooms, which is as many as one person may be in`,
  );
}

/** One account's becoming a member: in memory from its making, on disk with its `changes`. */
export class Joining {
  readonly event: EventRow;
  readonly #hub: Hub;
  readonly #account: Account;
  readonly #room: Room;

  constructor(hub: Hub, account: Account, room: Room) {
    this.#hub = hub;
    this.#account = account;
    this.#room = room;
    this.event = nextEvent(hub, room, "joined", account);
    room.members.add(account.id);
    account.memberships.set(room.name, { room, read: this.event.seq });
  }

  get changes(): readonly Change[] {
    const roomId = this.#room.row.id;
    return [
      { kind: "member", roomId, accountId: this.#account.id, read: this.event.seq },
      { kind: "event", roomId, event: this.event, nonce: undefined },
    ];
  }

  /**
   * It is on disk: the account's sessions hear the room from here on, and the room is told; `guest`, if the wish came
   * from a session, gets `answer` instead.
   */
  committed(guest?: Guest, answer?: string): void {
    const { seq, time } = this.event;
    this.#room.committedSeq = seq;
    this.#hub.fanOut.flushRoom(this.#room);
    for (const outbox of this.#account.sessions.keys()) this.#room.attached.add(outbox);
    const line = encode({ type: "joined", room: this.#room.name, username: this.#account.name, seq, time });
    this.#hub.fanOut.tell(this.#room, line, guest?.outbox, answer);
  }

  takeBack(): void {
    this.#account.memberships.delete(this.#room.name);
    this.#room.members.delete(this.#account.id);
    this.#room.seq--;
  }
}

export function leave(hub: Hub, guest: Guest, request: Request<"leave">): void {
  const { account } = guest;
  const membership = membershipOf(account, request.room);
  const { room } = membership;
  const event = nextEvent(hub, room, "left", account);
  room.members.delete(account.id);
  account.memberships.delete(room.name);
  hub.journal.add({
    changes: [
      { kind: "no_member", roomId: room.row.id, accountId: account.id },
      { kind: "event", roomId: room.row.id, event, nonce: undefined },
    ],
    committed: () => {
      const { seq, time } = event;
      room.committedSeq = seq;
      const line = encode({ type: "left", room: room.name, username: account.name, seq, time });
      hub.fanOut.tell(
        room,
        line,
        guest.outbox,
        encode({ type: "ok", re: request.id, room: room.name, seq, time }),
      );
      hub.fanOut.flushRoom(room);
      for (const outbox of account.sessions.keys()) room.attached.delete(outbox);
    },
    failed: (refusal) => {
      undoLeave(account, membership, room);
      guest.refuse(refusal, request.id);
    },
  });
}

function undoLeave(account: Account, membership: Membership, room: Room): void {
  account.memberships.set(room.name, membership);
  room.members.add(account.id);
  room.seq--;
}

function nextEvent(hub: Hub, room: Room, type: "joined" | "left", account: Account): EventRow {
  return { seq: ++room.seq, type, accountId: account.id, time: hub.world.clock.now(), text: undefined };
}
