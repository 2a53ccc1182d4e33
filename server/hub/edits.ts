/** Giving messages another text. */
import { limits, Refusal, type Request } from "../../shared/protocol/mod.ts";
import { type Change, damagedText, type EventRow, type RevisionRow } from "../store/mod.ts";
import { Following, rootAt } from "./following.ts";
import type { Guest } from "./guest.ts";
import type { Hub } from "./hub.ts";
import { type Membership, membershipOf } from "./membership.ts";
import { type Mentions, mentionsIn, toldMentions } from "./mentioning.ts";
import { messageIn, settledMembership } from "./message.ts";
import { cutPage } from "./page.ts";
import type { Room } from "./room.ts";
import { happen } from "./room_event.ts";
import { refuseSilenced } from "./room_rights.ts";
import { answerUnchanged } from "./steps.ts";

/** Gives a message of one's own another text. Whom it means from now on is what that text says. */
export function edit(hub: Hub, guest: Guest, request: Request<"edit">): void {
  const { account } = guest;
  const membership = settledMembership(hub, account, request.room), { room } = membership;
  const message = ownMessage(hub, guest, membership, request.seq), { seq } = message;
  const { text } = request;
  if (message.text === text) return answerUnchanged(hub, { guest, re: request.id }, room);
  refuseTooMany(hub, room, seq);
  const before = { accountIds: hub.store.details.meant(room.row.id, seq), calls: message.calls };
  const mentions = mentionsIn(hub, account, membership, text, before);
  const following = followingOf(hub, room, message, mentions);
  const told = toldMentions(hub.accounts, mentions.namedIds, mentions.calls);
  happen(hub, guest, request.id, {
    room,
    row: { type: "edited", target: seq, text: undefined },
    answer: { mentions: told },
    changes: (time) => [
      ...textChanges(room, message, { text, time }, before.accountIds, mentions),
      ...following?.changes ?? [],
    ],
    push(place, time) {
      const what = { from: account.name, target: seq, text, mentions: told };
      return { type: "edited", room: room.name, seq: place, time, ...what };
    },
    committed() {
      if (message.thread === undefined) {
        hub.unread.edited(room, seq, before.accountIds, mentions.accountIds);
      }
      following?.committed();
    },
  });
}

function ownMessage(hub: Hub, { account }: Guest, membership: Membership, seq: number): EventRow {
  const message = messageIn(hub, membership.room, seq);
  refuseSilenced(membership);
  if (message.accountId === account.id) return message;
  throw new Refusal("forbidden", "Only whoever said something may change it. Reply to it instead");
}

function refuseTooMany(hub: Hub, room: Room, seq: number): void {
  if (hub.store.details.revisionCount(room.row.id, seq) < limits.revisionsPerMessage) return;
  throw new Refusal(
    "forbidden",
    `This message was changed ${limits.revisionsPerMessage} times, which is as often as it may be. Say a new one`,
  );
}

function followingOf(hub: Hub, room: Room, message: EventRow, { namedIds }: Mentions): Following | undefined {
  if (message.thread === undefined) return undefined;
  return new Following(hub, room, rootAt(hub, room, message.thread), message.seq, namedIds);
}

function textChanges(
  { row: { id } }: Room,
  { seq, accountId }: EventRow,
  { text, time }: RevisionRow,
  meantBefore: readonly number[],
  { accountIds, namedIds, calls }: Mentions,
): Change[] {
  const changes: Change[] = [{ kind: "message_text", roomId: id, seq, accountId, text, calls, time }];
  if (meantBefore.length > 0 || accountIds.length > 0) {
    changes.push({ kind: "mentions", roomId: id, seq, accountIds, namedIds });
  }
  return changes;
}

/** All texts that a message has had. */
export function revisions(hub: Hub, guest: Guest, request: Request<"revisions">): void {
  const { room } = membershipOf(guest.account, request.room);
  const message = messageIn(hub, room, request.seq);
  const texts = eachText(hub, room, message, request.after ?? 0);
  const { items, more } = cutPage(texts, limits.revisionsPerMessage + 1);
  guest.answer({
    type: "revisions",
    re: request.id,
    room: room.name,
    seq: message.seq,
    revisions: items,
    more,
  });
}

function* eachText(
  { store: { details } }: Hub,
  { row: { id } }: Room,
  { seq, text, time, edited }: EventRow,
  skipped: number,
): Generator<RevisionRow, void> {
  yield* details.revisions(id, seq, skipped);
  if (skipped <= details.revisionCount(id, seq)) yield { text: text ?? damagedText, time: edited ?? time };
}
