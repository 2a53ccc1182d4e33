/** Putting emoji to messages, and taking them back. */
import { limits, Refusal, type Request } from "../../shared/protocol/mod.ts";
import type { ReactionRow } from "../store/mod.ts";
import type { Guest } from "./guest.ts";
import type { Hub } from "./hub.ts";
import { messageIn, settledMembership } from "./message.ts";
import type { Room } from "./room.ts";
import { happen } from "./room_event.ts";
import { refuseArchived, refuseSilenced } from "./room_rights.ts";
import { answerUnchanged } from "./steps.ts";

export function react(hub: Hub, guest: Guest, request: Request<"react">): void {
  const { account } = guest, { emoji } = request;
  const membership = settledMembership(hub, account, request.room), { room } = membership;
  const { seq: target } = messageIn(hub, room, request.seq);
  refuseSilenced(membership);
  const there = reactionsTo(hub, room, target);
  if (own(there, guest, emoji) !== undefined) return answerUnchanged(hub, { guest, re: request.id }, room);
  refuseTooMany(there, emoji);
  happen(hub, guest, request.id, {
    room,
    row: { type: "reacted", target, text: emoji },
    push: (seq, time) => ({
      type: "reacted",
      room: room.name,
      seq,
      time,
      from: account.name,
      target,
      emoji,
    }),
  });
}

/** Muted people may take back what they put. */
export function unreact(hub: Hub, guest: Guest, request: Request<"unreact">): void {
  const { account } = guest;
  const { room } = settledMembership(hub, account, request.room);
  const { seq: target } = messageIn(hub, room, request.seq);
  refuseArchived(room);
  const reaction = own(reactionsTo(hub, room, target), guest, request.emoji)?.seq;
  if (reaction === undefined) return answerUnchanged(hub, { guest, re: request.id }, room);
  happen(hub, guest, request.id, {
    room,
    row: { type: "unreacted", target, reaction, text: undefined },
    changes: () => [{ kind: "reaction_gone", roomId: room.row.id, seq: reaction }],
    push: (seq, time) => ({
      type: "unreacted",
      room: room.name,
      seq,
      time,
      from: account.name,
      target,
      reaction,
    }),
  });
}

function reactionsTo(hub: Hub, { row: { id } }: Room, seq: number): ReactionRow[] {
  return hub.store.details.reactions(id, [seq]);
}

function own(there: readonly ReactionRow[], { account }: Guest, emoji: string): ReactionRow | undefined {
  return there.find((each) => each.accountId === account.id && each.emoji === emoji);
}

function refuseTooMany(there: readonly ReactionRow[], emoji: string): void {
  if (there.length >= limits.reactionsPerMessage) {
    throw new Refusal(
      "forbidden",
      `This message has ${limits.reactionsPerMessage} reactions, which is as many as it may have`,
    );
  }
  const kinds = new Set(there.map((each) => each.emoji));
  if (kinds.has(emoji) || kinds.size < limits.emojiPerMessage) return;
  throw new Refusal(
    "forbidden",
    `This message has ${limits.emojiPerMessage} different reactions, which is as many as it may have. Join one of them`,
  );
}
