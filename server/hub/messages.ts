/** Saying something in a room. */
import { encode, limits, Refusal, type Request } from "../../shared/protocol/mod.ts";
import type { Change, EventRow, KeptFile } from "../store/mod.ts";
import { Following } from "./following.ts";
import type { Guest } from "./guest.ts";
import type { Hub } from "./hub.ts";
import type { Entry } from "./journal.ts";
import { asSeen, endOf, horizonOf } from "./lifetimes.ts";
import { type Membership, membershipOf } from "./membership.ts";
import { meantBy, type Mentions, mentionsIn, toldMentions } from "./mentioning.ts";
import { messageIn, placeIn } from "./message.ts";
import type { Room } from "./room.ts";
import { refuseSilenced } from "./room_rights.ts";
import { Said } from "./said.ts";
import { filesToSend, showFiles } from "./sent_files.ts";

/** Decides on a message. Its `ok` and its delivery follow when it is on disk. */
export function send(hub: Hub, guest: Guest, request: Request<"send">): void {
  const membership = membershipOf(guest.account, request.room), { room } = membership;
  const earlier = request.nonce === undefined ? undefined : findEarlier(hub, guest, room, request.nonce);
  if (earlier !== undefined) {
    const seen = asSeen(earlier, horizonOf(hub, room));
    hub.journal.add(new Repetition(hub, guest, room, request.id, seen));
    return;
  }
  refuseSilenced(membership);
  const root = request.thread === undefined ? undefined : rootFor(hub, room, request.thread);
  if (request.quote !== undefined) messageIn(hub, room, request.quote);
  const files = filesToSend(hub, guest, room, request.files);
  refuseNothing(request);
  hub.journal.add(new Message(hub, guest, membership, request, root, files));
}

/** Throws `text_invalid` where neither a text nor a file is said. */
function refuseNothing({ text, files = [] }: Request<"send">): void {
  if (text === "" && files.length === 0) throw new Refusal("text_invalid", 'Field "text" is empty');
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
  readonly #files: readonly KeptFile[];
  readonly #mentions: Mentions;
  readonly #said: Said;
  readonly #following: Following | undefined;

  constructor(
    hub: Hub,
    guest: Guest,
    membership: Membership,
    request: Request<"send">,
    root: EventRow | undefined,
    files: readonly KeptFile[],
  ) {
    const { room } = membership;
    const { text, nonce, quote, lifeMs } = request;
    const time = hub.world.clock.now();
    this.#hub = hub;
    this.#guest = guest;
    this.#room = room;
    this.#request = request;
    this.#files = files;
    this.#mentions = mentionsIn(hub, guest.account, membership, text);
    const { namedIds, calls } = this.#mentions;
    this.#event = {
      seq: room.seq + 1,
      type: "message",
      accountId: guest.account.id,
      time,
      text,
      thread: root?.seq,
      quote,
      calls,
      expires: lifeMs === undefined ? undefined : time + lifeMs,
    };
    this.#following = root && new Following(hub, room, root, this.#event.seq, namedIds, guest.account);
    this.#said = new Said(hub, guest, membership, this.#event, meantBy(this.#mentions));
    this.changes = this.#allChanges();
    // What is above may run into something that the store cannot read: then nothing was decided.
    room.seq = this.#event.seq;
    if (nonce !== undefined) room.pendingNonces.set(nonceKey(guest, nonce), this.#event);
    for (const { file } of files) hub.uploads.sending.add(file.id);
  }

  committed(): void {
    const { seq, time, text, thread, quote, expires } = this.#event;
    const { namedIds, calls } = this.#mentions;
    const room = this.#room.name, from = this.#guest.account.name;
    const mentions = toldMentions(this.#hub.accounts, namedIds, calls);
    const files = showFiles(this.#files);
    this.#room.committedSeq = seq;
    this.#room.dueAt = Math.min(this.#room.dueAt, endOf(this.#hub, this.#room, this.#event));
    this.#forgetPending();
    this.#said.committed();
    this.#following?.committed();
    this.#hub.fanOut.tell(
      this.#room,
      encode({ type: "message", room, seq, from, time, text, thread, quote, mentions, files, expires }),
      this.#guest.outbox,
      encode({ type: "ok", re: this.#request.id, room, seq, time, thread, mentions, files, expires }),
    );
  }

  failed(refusal: Refusal): void {
    this.#said.takeBack();
    this.#room.seq--;
    this.#forgetPending();
    this.#guest.refuse(refusal, this.#request.id);
  }

  #allChanges(): Change[] {
    const roomId = this.#room.row.id, event = this.#event;
    const { accountIds, namedIds } = this.#mentions;
    const changes: Change[] = [{ kind: "event", roomId, event, nonce: this.#request.nonce }];
    if (accountIds.length > 0) {
      changes.push({ kind: "mentions", roomId, seq: event.seq, accountIds, namedIds });
    }
    changes.push(...this.#files.map(({ file: { id } }, at): Change => (
      { kind: "file_sent", id, seq: event.seq, number: at }
    )));
    changes.push(...this.#said.changes, ...this.#following?.changes ?? []);
    return changes;
  }

  /** What was decided is stored, or is not so. */
  #forgetPending(): void {
    for (const { file } of this.#files) this.#hub.uploads.sending.delete(file.id);
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
    const { seq, time, text, thread, calls, expires } = this.#earlier;
    const named = text === undefined ? [] : store.details.named(this.#room.row.id, [seq]);
    const mentions = toldMentions(accounts, named.map(({ accountId }) => accountId), calls);
    // Nobody hears a `seq` before the lower ones, even where the first of the two was said in this very turn.
    fanOut.flushRoom(this.#room);
    const room = this.#room.name;
    const files = text === undefined
      ? undefined
      : showFiles(store.files.ofMessages(this.#room.row.id, [seq]));
    this.#guest.answer({ type: "ok", re: this.#re, room, seq, time, thread, mentions, files, expires });
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
