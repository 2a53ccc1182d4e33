/** Texts that a person has not sent yet, kept for their other sessions. */
import { type Answer, limits, type Request } from "../../shared/protocol/mod.ts";
import type { Account } from "./account.ts";
import { roomOfDraft, withDraft, withoutDraft } from "./draft_changes.ts";
import type { Guest } from "./guest.ts";
import type { Hub } from "./hub.ts";
import { membershipOf } from "./membership.ts";
import { placeIn } from "./message.ts";
import { cutPage } from "./page.ts";
import type { Room } from "./room.ts";
import { whenSettled } from "./settled.ts";

/** Keeps a text, or with an empty one none. */
export function draft(hub: Hub, guest: Guest, request: Request<"draft">): void {
  const { room } = membershipOf(guest.account, request.room);
  const thread = request.thread === undefined ? 0 : rootOf(hub, room, request.thread);
  const change = request.text === ""
    ? withoutDraft(hub, guest, room, thread, hub.world.clock.now())
    : withDraft(hub, guest, room, thread, request.text);
  hub.journal.add({
    changes: change?.changes ?? [],
    committed() {
      guest.answer({ type: "ok", re: request.id });
      change?.committed();
    },
    failed(refusal) {
      change?.takeBack();
      guest.refuse(refusal, request.id);
    },
  });
}

/** The first message of the thread that a message belongs to. It may have been deleted: a draft can still be taken away. */
function rootOf(hub: Hub, room: Room, seq: number): number {
  return placeIn(hub, room, seq).thread ?? seq;
}

export function drafts(hub: Hub, guest: Guest, request: Request<"drafts">): void {
  whenSettled(hub, () => {
    const { items, more } = cutPage(eachDraft(hub, guest.account, request.before), limits.draftsPerAccount);
    guest.answer({ type: "drafts", re: request.id, drafts: items, more });
  });
}

function* eachDraft(
  hub: Hub,
  account: Account,
  before: number = Number.MAX_SAFE_INTEGER,
): Generator<Answer<"drafts">["drafts"][number], void> {
  for (const row of hub.store.personal.drafts(account.id, before)) {
    const room = roomOfDraft(hub, account, row);
    if (room !== undefined) yield { room, thread: row.thread || undefined, text: row.text, time: row.time };
  }
}
