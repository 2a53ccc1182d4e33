/** Following threads, and how far somebody has read in them. A thread is named by its first message. */
import { encode, limits, type Request, toBytes } from "../../shared/protocol/mod.ts";
import type { Change, EventRow, ThreadMarkRow } from "../store/mod.ts";
import type { Account } from "./account.ts";
import type { Guest } from "./guest.ts";
import type { Hub } from "./hub.ts";
import { membershipOf } from "./membership.ts";
import { placeIn } from "./message.ts";
import { threadKey } from "./records.ts";
import type { Room } from "./room.ts";

export function follow(hub: Hub, guest: Guest, request: Request<"follow">): void {
  const { room } = membershipOf(guest.account, request.room);
  const root = rootAt(hub, room, request.seq);
  const mark = markOf(hub, guest.account.id, room, root);
  setMark(hub, guest, request.id, room, { ...mark, following: request.following });
}

/** Moves the mark forward, never back and never past what there is. */
export function readThread(hub: Hub, guest: Guest, request: Request<"read_thread">): void {
  const { room } = membershipOf(guest.account, request.room);
  const root = rootAt(hub, room, request.seq);
  const mark = markOf(hub, guest.account.id, room, root);
  const read = Math.max(mark.read, Math.min(request.read, room.committedSeq));
  setMark(hub, guest, request.id, room, { ...mark, read });
}

/** The first message of the thread that the message `seq` belongs to, or its place. Throws `no_such_message`. */
export function rootAt(hub: Hub, room: Room, seq: number): EventRow {
  const row = placeIn(hub, room, seq);
  return row.thread === undefined ? row : placeIn(hub, room, row.thread);
}

/** How an account stands to a thread, as it is decided. */
export function markOf(hub: Hub, accountId: number, { row: { id } }: Room, { seq }: EventRow): ThreadMarkRow {
  return hub.records.threadMarks.get(threadKey(accountId, id, seq)) ??
    { accountId, roomId: id, seq, following: undefined, read: seq };
}

/** Whether somebody follows who has not decided it: whoever wrote the first message does. */
export function follows({ following, accountId }: ThreadMarkRow, root: EventRow): boolean {
  return following ?? root.accountId === accountId;
}

function setMark(hub: Hub, guest: Guest, re: string, room: Room, mark: ThreadMarkRow): void {
  hub.records.threadMarks.set(threadKey(mark.accountId, mark.roomId, mark.seq), mark);
  hub.journal.add({
    changes: [{ kind: "thread_mark", mark }],
    committed: () => {
      guest.answer({ type: "ok", re, room: room.name, seq: mark.read });
      tellMark(hub, guest.account, room, mark.seq);
    },
    failed: (refusal) => guest.refuse(refusal, re),
  });
}

/** What a reply, or one that is edited, does to who follows its thread. */
export class Following {
  readonly changes: readonly Change[];
  readonly #hub: Hub;
  readonly #room: Room;
  readonly #begun: readonly ThreadMarkRow[];

  /**
   * Whoever wrote the first message and whoever is named in the reply follows from now on, but for those who have decided
   * otherwise; so does whoever writes the reply, and has read up to it. `replier` is none where the reply was there before.
   */
  constructor(
    hub: Hub,
    room: Room,
    root: EventRow,
    seq: number,
    namedIds: Iterable<number>,
    replier?: Account,
  ) {
    this.#hub = hub;
    this.#room = room;
    const marks = [...new Set([root.accountId, ...namedIds])]
      .filter((id) => id !== replier?.id)
      .map((id) => markOf(hub, id, room, root));
    const begun = marks.filter(({ following }) => following === undefined)
      .map((mark) => ({ ...mark, following: true, read: this.#readBefore(mark, root, seq) }));
    const own = replier && markOf(hub, replier.id, room, root);
    if (own !== undefined && own.following === undefined) begun.push({ ...own, following: true, read: seq });
    this.#begun = begun;
    const moved = own?.following === undefined ? [] : [{ ...own, read: Math.max(own.read, seq) }];
    const changed = [...begun, ...moved];
    for (const mark of changed) {
      hub.records.threadMarks.set(threadKey(mark.accountId, mark.roomId, mark.seq), mark);
    }
    this.changes = changed.map((mark) => ({ kind: "thread_mark", mark }));
  }

  /** To be called when it is on disk. */
  committed(): void {
    for (const { accountId, seq } of this.#begun) {
      tellMark(this.#hub, this.#hub.accounts.withId(accountId), this.#room, seq);
    }
  }

  /** Whoever is named in a thread for the first time has that one to read, and what comes after it. */
  #readBefore({ accountId, read }: ThreadMarkRow, root: EventRow, seq: number): number {
    return accountId === root.accountId ? read : Math.max(read, seq - 1);
  }
}

/** Tells those who follow a thread and have not read its reply `seq` that it and perhaps earlier ones are gone, when that is on disk. */
export function tellReplyGone(hub: Hub, room: Room, root: number, seq: number): void {
  for (const { accountId, read } of hub.store.threads.followers(room.row.id, root)) {
    if (read < seq) tellMark(hub, hub.accounts.withId(accountId), room, root);
  }
}

/** Tells all sessions of an account how it stands to a thread, after everything else that is told now. */
function tellMark(hub: Hub, account: Account, room: Room, seq: number): void {
  if (!account.online) return;
  hub.fanOut.afterwards(() => {
    const mark = hub.store.threads.mark(account.id, room.row.id, seq);
    if (mark === undefined || !account.memberships.has(room.name)) return;
    const unread = hub.store.threads.unread(mark, room.committedSeq, limits.unreadMax);
    const { read, following = false } = mark;
    const line = toBytes(encode({ type: "thread", room: room.name, seq, following, read, unread }));
    for (const outbox of account.sessions.keys()) outbox.push(line);
  });
}
