/** Reading threads. */
import { limits, type Request, type RoomEvent } from "../../shared/protocol/mod.ts";
import type { FollowedRow } from "../store/mod.ts";
import type { Account } from "./account.ts";
import { follows, markOf, rootAt } from "./following.ts";
import type { Guest } from "./guest.ts";
import { pageAlong, refuseSeveral } from "./history.ts";
import type { Hub } from "./hub.ts";
import { membershipOf } from "./membership.ts";
import { cutPage } from "./page.ts";
import type { Room } from "./room.ts";
import { whenSettled } from "./settled.ts";
import { showEvents } from "./shown_events.ts";

/** A page of a thread's replies, with its first message and how one stands to it. */
export function thread(hub: Hub, guest: Guest, request: Request<"thread">): void {
  const { room } = membershipOf(guest.account, request.room);
  refuseSeveral(request);
  const { seq } = rootAt(hub, room, request.seq);
  whenSettled(hub, () => answerThread(hub, guest, room, seq, request));
}

function answerThread(hub: Hub, guest: Guest, room: Room, seq: number, request: Request<"thread">): void {
  const root = rootAt(hub, room, seq);
  const [shown] = showEvents(hub, room, [root]);
  if (shown === undefined) throw new Error(`The message ${seq} is not shown`);
  const mark = markOf(hub, guest.account.id, room, root);
  const { events } = hub.store;
  const { id } = room.row;
  const { items, more } = pageAlong(hub, room, request, {
    after: (after, limit) => events.repliesAfter(id, seq, after, limit),
    before: (before, limit) => events.repliesBefore(id, seq, before, limit),
  });
  guest.answer({
    type: "thread",
    re: request.id,
    room: room.name,
    root: shown,
    messages: items,
    following: follows(mark, root),
    read: mark.read,
    unread: hub.store.threads.unread(mark, room.committedSeq, limits.unreadMax),
    more,
  });
}

/** The threads that one follows. */
export function threads(hub: Hub, guest: Guest, request: Request<"threads">): void {
  whenSettled(hub, () => {
    const { before = Number.MAX_SAFE_INTEGER } = request;
    const limit = limits.historyEventsDefault;
    const rows = hub.store.threads.followed(guest.account.id, before, limit + 1, limits.unreadMax);
    const page = cutPage(showThreads(hub, guest.account, rows), limit);
    const items = page.more ? withoutHalfMoment(page.items, rows[page.items.length]?.time) : page.items;
    guest.answer({ type: "threads", re: request.id, threads: items, more: page.more });
  });
}

interface ShownThread {
  readonly room: string;
  readonly root: RoomEvent;
  readonly newest: number;
  readonly time: number;
  readonly read: number;
  readonly unread: number;
}

function showThreads(hub: Hub, account: Account, rows: readonly FollowedRow[]): ShownThread[] {
  const roots = new Map<string, RoomEvent>();
  for (const [roomId, ofRoom] of Map.groupBy(rows, (row) => row.roomId)) {
    const room = hub.rooms.withId(roomId);
    if (room === undefined || !account.memberships.has(room.name)) continue;
    const found = hub.store.events.listed(roomId, ofRoom.map(({ seq }) => seq));
    for (const event of showEvents(hub, room, found)) roots.set(`${roomId} ${event.seq}`, event);
  }
  return rows.flatMap(({ roomId, seq, newest, time, read, unread }) => {
    const room = hub.rooms.withId(roomId)?.name, root = roots.get(`${roomId} ${seq}`);
    return room === undefined || root === undefined ? [] : [{ room, root, newest, time, read, unread }];
  });
}

/** Whoever goes on goes on before a time: those of the same time as the next one must be together with it. */
function withoutHalfMoment(items: ShownThread[], next: number | undefined): ShownThread[] {
  const whole = items.filter(({ time }) => time !== next);
  return whole.length === 0 ? items : whole;
}
