/** Saying something in a room. */
import { encode, limits, Refusal, type Request } from "../../shared/protocol/mod.ts";
import type { Change, EventRow } from "../store/mod.ts";
import { Following } from "./following.ts";
import type { Guest } from "./guest.ts";
import type { Hub } from "./hub.ts";
import type { Entry } from "./journal.ts";
import { type Membership, membershipOf } from "./membership.ts";
import { meantBy, type Mentions, mentionsIn, toldMentions } from "./mentioning.ts";
import { messageIn, placeIn } from "./message.ts";
import type { Room } from "./room.ts";
import { refuseSilenced } from "./room_rights.ts";
import { Said } from "./said.ts";

/** Decides on a message. Its `ok` and its delivery follow when it is on disk. */
export function send(hub: Hub, guest: Guest, request: Request<"send">): void {
  const membership = membershipOf(guest.account, request.room), { room } = membership;
  const earlier = request.nonce === undefined ? undefined : findEarlier(hub, guest, room, request.nonce);
  if (earlier !== undefined) {
    hub.journal.add(new Repetition(hub, guest, room, request.id, earlier));
    return;
  }
  refuseSilenced(membership);
  const root = request.thread === undefined ? undefined : rootFor(hub, room, request.thread);
  if (request.quote !== undefined) messageIn(hub, room, request.quote);
  hub.journal.add(new Message(hub, guest, membership, request, root));
}

function findEarlier(hub: Hub, guest: Guest, room: Room, nonce: string): EventRow | undefined {
  const pending = room.pendingNonces.get(nonceKey(guest, nonce));
  if (pending !== undefined) return pending;
  const since = hub.world.clock.now() - limits.nonceLifeMs;
  return hub.store.events.withNonce(guest.account.id, room.row.id, nonce, since);
}

function nonceKey(guest: Guest, nonce: string): string {
  return `${guest.account.id} ${nonce}`;
}

/**
 * The first message of the thread: a reply to a reply is one to that. A thread goes on when its first message was deleted,
 * and none begins at one that was: throws `no_such_message`.
 */
function rootFor(hub: Hub, room: Room, seq: number): EventRow {
  const place = placeIn(hub, room, seq);
  if (place.thread !== undefined) return placeIn(hub, room, messageIn(hub, room, seq).thread ?? seq);
  return beginsThread(hub, room, seq) ? place : messageIn(hub, room, seq);
}

function beginsThread({ store }: Hub, { row }: Room, seq: number): boolean {
  for (const _reply of store.events.repliesAfter(row.id, seq, 0, 1)) return true;
  return false;
}

class Message implements Entry {
  readonly changes: readonly Change[];
  readonly #hub: Hub;
  readonly #guest: Guest;
  readonly #room: Room;
  readonly #request: Request<"send">;
  readonly #event: EventRow;
  readonly #mentions: Mentions;
  readonly #said: Said;
  readonly #following: Following | undefined;

  constructor(
    hub: Hub,
    guest: Guest,
    membership: Membership,
    request: Request<"send">,
    root: EventRow | undefined,
  ) {
    const { room } = membership;
    const { text, nonce, quote } = request;
    this.#hub = hub;
    this.#guest = guest;
    this.#room = room;
    this.#request = request;
    this.#mentions = mentionsIn(hub, guest.account, membership, text);
    const { namedIds, calls } = this.#mentions;
    this.#event = {
      seq: room.seq + 1,
      type: "message",
      accountId: guest.account.id,
      time: hub.world.clock.now(),
      text,
      thread: root?.seq,
      quote,
      calls,
    };
    this.#following = root && new Following(hub, room, root, this.#event.seq, namedIds, guest.account);
    this.#said = new Said(hub, guest, membership, this.#event, meantBy(this.#mentions));
    this.changes = this.#allChanges();
    // What is above may run into something that the store cannot read: then nothing was decided.
    room.seq = this.#event.seq;
    if (nonce !== undefined) room.pendingNonces.set(nonceKey(guest, nonce), this.#event);
  }

  committed(): void {
    const { seq, time, text, thread, quote } = this.#event;
    const { namedIds, calls } = this.#mentions;
    const room = this.#room.name, from = this.#guest.account.name;
    const mentions = toldMentions(this.#hub.accounts, namedIds, calls);
    this.#room.committedSeq = seq;
    this.#forgetNonce();
    this.#said.committed();
    this.#following?.committed();
    this.#hub.fanOut.tell(
      this.#room,
      encode({ type: "message", room, seq, from, time, text, thread, quote, mentions }),
      this.#guest.outbox,
      encode({ type: "ok", re: this.#request.id, room, seq, time, thread, mentions }),
    );
  }

  failed(refusal: Refusal): void {
    this.#said.takeBack();
    this.#room.seq--;
    this.#forgetNonce();
    this.#guest.refuse(refusal, this.#request.id);
  }

  #allChanges(): Change[] {
    const roomId = this.#room.row.id, event = this.#event;
    const { accountIds, namedIds } = this.#mentions;
    const changes: Change[] = [{ kind: "event", roomId, event, nonce: this.#request.nonce }];
    if (accountIds.length > 0) {
      changes.push({ kind: "mentions", roomId, seq: event.seq, accountIds, namedIds });
    }
    changes.push(...this.#said.changes, ...this.#following?.changes ?? []);
    return changes;
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
  readonly #earlier: EventRow;

  constructor(hub: Hub, guest: Guest, room: Room, re: string, earlier: EventRow) {
    this.#hub = hub;
    this.#guest = guest;
    this.#room = room;
    this.#re = re;
    this.#earlier = earlier;
  }

  committed(): void {
    const { accounts, fanOut, store } = this.#hub;
    const { seq, time, thread, calls } = this.#earlier;
    const named = store.details.named(this.#room.row.id, [seq]).map(({ accountId }) => accountId);
    const mentions = toldMentions(accounts, named, calls);
    // Nobody hears a `seq` before the lower ones, even where the first of the two was said in this very turn.
    fanOut.flushRoom(this.#room);
    this.#guest.answer({ type: "ok", re: this.#re, room: this.#room.name, seq, time, thread, mentions });
    this.#correctMark();
  }

  failed(refusal: Refusal): void {
    this.#guest.refuse(refusal, this.#re);
  }

  /** Whoever hears `ok` takes the room for read up to it, which it is not if the mark was put back since. */
  #correctMark(): void {
    const { account } = this.#guest;
    const membership = account.memberships.get(this.#room.name);
    if (membership !== undefined && membership.read < this.#earlier.seq) {
      this.#hub.unread.changed(account, membership);
    }
  }
}
