/** What a new message does to where people stand. */
import type { Change, EventRow } from "../store/mod.ts";
import { type DraftChange, withoutDraft } from "./draft_changes.ts";
import type { Guest } from "./guest.ts";
import type { Hub } from "./hub.ts";
import type { Membership } from "./membership.ts";
import type { Meant } from "./unread.ts";

/**
 * Whoever says something has read up to it and has sent their draft; everybody else has one more to read. A reply in a
 * thread moves nothing but the draft.
 */
export class Said {
  readonly changes: readonly Change[];
  readonly #hub: Hub;
  readonly #guest: Guest;
  readonly #membership: Membership;
  readonly #event: EventRow;
  readonly #meant: Meant;
  readonly #readBefore: number;
  readonly #draft: DraftChange | undefined;

  constructor(hub: Hub, guest: Guest, membership: Membership, event: EventRow, meant: Meant) {
    this.#hub = hub;
    this.#guest = guest;
    this.#membership = membership;
    this.#event = event;
    this.#meant = meant;
    this.#readBefore = membership.read;
    const { room } = membership;
    this.#draft = withoutDraft(hub, guest, room, event.thread ?? 0, event.time);
    const accountId = guest.account.id;
    this.changes = [
      ...(this.#moves ? [{ kind: "read", roomId: room.row.id, accountId, seq: event.seq } as const] : []),
      ...this.#draft?.changes ?? [],
    ];
    if (this.#moves) membership.read = event.seq;
  }

  /** To be called when the message is on disk, after the room's `committedSeq` was set and before it is told. */
  committed(): void {
    if (this.#moves) {
      this.#hub.unread.said(this.#membership.room, this.#event.seq, this.#guest.account, this.#meant);
    }
    this.#draft?.committed();
  }

  takeBack(): void {
    this.#draft?.takeBack();
    this.#membership.read = this.#readBefore;
  }

  get #moves(): boolean {
    return this.#event.thread === undefined;
  }
}
