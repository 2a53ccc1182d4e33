/** The messages that mean somebody. */
import { type Answer, limits, type Request } from "../../shared/protocol/mod.ts";
import type { MentionRow } from "../store/mod.ts";
import type { Guest } from "./guest.ts";
import type { Hub } from "./hub.ts";
import { cutByWeight, cutPage } from "./page.ts";
import { whenSettled } from "./settled.ts";
import { showEvents } from "./shown_events.ts";

/** Those in the rooms that the account is in, newest first. */
export function mentions(hub: Hub, guest: Guest, request: Request<"mentions">): void {
  whenSettled(hub, () => {
    const limit = request.limit ?? limits.historyEventsDefault;
    const before = request.before ?? Number.MAX_SAFE_INTEGER;
    // One more than asked for tells whether there is more.
    const rows = hub.store.personal.mentionsOf(guest.account.id, before, limit + 1);
    const light = withFewReactions(hub, rows.slice(0, limit));
    const shown = showMentions(hub, light);
    const { items, more: isCut } = cutPage(shown.map(({ message }) => message), limit);
    const last = isCut ? shown[items.length - 1]?.row : light.at(-1);
    const more = isCut || rows.length > light.length;
    guest.answer({
      type: "messages",
      re: request.id,
      messages: items,
      more,
      next: more ? last?.number : undefined,
    });
  });
}

/** As in a page of `history`. */
function withFewReactions({ store }: Hub, rows: readonly MentionRow[]): MentionRow[] {
  const counts = new Map(
    [...Map.groupBy(rows, ({ roomId }) => roomId)].map(([roomId, inRoom]) =>
      [roomId, store.details.reactionCounts(roomId, inRoom.map(({ seq }) => seq))] as const
    ),
  );
  const weightOf = ({ roomId, seq }: MentionRow) => counts.get(roomId)?.get(seq) ?? 0;
  return cutByWeight(rows, weightOf, limits.reactionsPerMessage);
}

interface Shown {
  readonly row: MentionRow;
  readonly message: Answer<"messages">["messages"][number];
}

/** The messages in the order of `rows`, but for those that are over. The store is asked once for each room. */
function showMentions(hub: Hub, rows: readonly MentionRow[]): Shown[] {
  const shown = new Map<MentionRow, Shown>();
  for (const [roomId, inRoom] of Map.groupBy(rows, (row) => row.roomId)) {
    const room = existing(hub.rooms.withId(roomId));
    const events = hub.store.events.listed(roomId, inRoom.map(({ seq }) => seq));
    const messages = new Map(showEvents(hub, room, events).map((message) => [message.seq, message]));
    for (const row of inRoom) {
      const message = existing(messages.get(row.seq));
      if (message.type === "message" && message.deleted) continue;
      shown.set(row, { row, message: { room: room.name, message } });
    }
  }
  return rows.flatMap((row) => shown.get(row) ?? []);
}

/** What the rules of the database promise to be there. */
function existing<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error("The database holds a mention in a message that is not there");
  return value;
}
