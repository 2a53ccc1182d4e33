/** Affairs of a room: who comes and goes, how people stand there, and what is said of the room itself. */
import { encode, type RoomEvent, type RoomEventType } from "../../shared/protocol/mod.ts";
import type { Change, EventRow } from "../store/mod.ts";
import type { Accounts } from "./accounts.ts";
import type { Hub } from "./hub.ts";
import type { Room } from "./room.ts";
import type { Asking } from "./steps.ts";

const affairTypes = ["joined", "left", "standing", "changed"] as const;

export type AffairType = (typeof affairTypes)[number];

export function isAffair(type: RoomEventType): type is AffairType {
  return affairTypes.some((each) => each === type);
}

/** What an affair says beside who did it, when, and in which place. */
export type AffairRow = Pick<EventRow, "accountId" | "subjectId" | "text"> & { readonly type: AffairType };

/** How an affair is told, when it happens as in `history`. */
export function affairEvent(
  accounts: Accounts,
  room: Room,
  row: AffairRow & Pick<EventRow, "seq" | "time">,
): RoomEvent<AffairType> {
  const { seq, time, text } = row;
  const author = accounts.withId(row.accountId).name;
  const username = row.subjectId === undefined ? author : accounts.withId(row.subjectId).name;
  const by = row.subjectId === undefined ? undefined : author;
  switch (row.type) {
    case "joined":
      return { type: "joined", seq, time, username, by, people: peopleOf(accounts, room) };
    case "left":
      return { type: "left", seq, time, username, by, banned: text === banned || undefined };
    case "standing":
      return { type: "standing", seq, time, username, by: author, standing: standingFrom(text) };
    case "changed":
      return { type: "changed", seq, time, from: author, ...JSON.parse(text ?? "{}") };
  }
}

/** What is stored of somebody's going if they may not come back. */
export const banned = "banned";

/** Those in a direct conversation, in the order of their names; undefined for other rooms. */
export function peopleOf(accounts: Accounts, room: Room): string[] | undefined {
  if (room.row.access !== "direct") return undefined;
  return [...room.members].map((id) => accounts.withId(id).name).sort();
}

function standingFrom(text: string | undefined): RoomEvent<"standing">["standing"] {
  return text === "moderator" || text === "muted" ? text : "member";
}

/** An affair that is decided: it has its place from its making on, is on disk with its `change`, and then told. */
export class Affair {
  readonly seq: number;
  readonly #hub: Hub;
  readonly #room: Room;
  readonly #row: AffairRow & EventRow;

  constructor(hub: Hub, room: Room, row: AffairRow) {
    this.seq = ++room.seq;
    this.#hub = hub;
    this.#room = room;
    this.#row = { ...row, seq: this.seq, time: hub.world.clock.now() };
  }

  get change(): Change {
    return { kind: "event", roomId: this.#room.row.id, event: this.#row, nonce: undefined };
  }

  /** It is on disk: the room is told, and the session that asked for it gets `ok` in place of hearing of it. */
  committed(asking?: Asking): void {
    const room = this.#room.name, { seq, time } = this.#row;
    this.#room.committedSeq = seq;
    const line = encode({ ...affairEvent(this.#hub.accounts, this.#room, this.#row), room });
    const answer = asking && encode({ type: "ok", re: asking.re, room, seq, time });
    this.#hub.fanOut.tell(this.#room, line, asking?.guest.outbox, answer);
  }

  takeBack(): void {
    this.#room.seq--;
  }
}
