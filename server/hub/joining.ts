/** Becoming a member of a room. */
import { limits, Refusal, type Request, type Standing } from "../../shared/protocol/mod.ts";
import type { Change } from "../store/mod.ts";
import type { Account } from "./account.ts";
import { Affair } from "./affairs.ts";
import { stillMuted } from "./appointment.ts";
import type { Guest } from "./guest.ts";
import type { Hub } from "./hub.ts";
import { newMembership } from "./membership.ts";
import { introduce } from "./presence.ts";
import type { Room } from "./room.ts";
import { refuseArchived } from "./room_rights.ts";
import { answerUnchanged, type Asking, decide, type Step } from "./steps.ts";
import { accession } from "./succession.ts";

export function join(hub: Hub, guest: Guest, request: Request<"join">): void {
  const { account } = guest;
  const asking = { guest, re: request.id };
  const membership = account.memberships.get(request.room);
  if (membership !== undefined) return answerUnchanged(hub, asking, membership.room);
  const room = hub.rooms.named(request.room);
  if (room === undefined || room.row.access !== "public") {
    throw new Refusal("no_such_room", `There is no room named "${request.room}" that you may join`);
  }
  if (room.banned.has(account.id)) {
    throw new Refusal(
      "forbidden",
      `You were banned from "${room.name}". A moderator of it can add you again`,
    );
  }
  refuseArchived(room);
  refuseTooMany(account);
  const isFirst = ![...room.members].some((id) => !hub.accounts.withId(id).isBot);
  const asked = new Joining(hub, account, room);
  decide(hub, asking, {
    asked,
    after: isFirst ? accession(hub, account, room) : stillMuted(hub, account, room),
  });
}

/** Throws when somebody is in as many rooms as they may be who wants to be in another. */
export function refuseTooMany({ memberships }: Account): void {
  if (memberships.size < limits.roomsPerAccount) return;
  throw new Refusal(
    "forbidden",
    `You are in ${limits.roomsPerAccount} rooms, which is as many as one person may be in`,
  );
}

/** Throws when somebody is in as many rooms as others may take them into. */
export function refuseFull({ name, memberships }: Account): void {
  if (memberships.size < limits.roomsByOthers) return;
  throw new Refusal(
    "forbidden",
    `"${name}" is in ${memberships.size} rooms. Whoever is in so many chooses for themselves: ask them to come`,
  );
}

export interface HowJoined {
  /** Who added them, where it was not they themselves. */
  readonly by?: Account | undefined;
  readonly standing?: Standing;
}

/** One account's becoming a member. */
export class Joining implements Step {
  readonly changes: readonly Change[];
  readonly #hub: Hub;
  readonly #account: Account;
  readonly #room: Room;
  readonly #affair: Affair;

  constructor(hub: Hub, account: Account, room: Room, { by, standing = "member" }: HowJoined = {}) {
    this.#hub = hub;
    this.#account = account;
    this.#room = room;
    const accountId = account.id;
    this.#affair = new Affair(hub, room, {
      type: "joined",
      accountId: by?.id ?? accountId,
      subjectId: by && accountId,
      text: undefined,
    });
    const { seq } = this.#affair;
    room.members.add(accountId);
    account.memberships.set(room.name, newMembership(room, seq, standing));
    this.changes = [
      { kind: "member", roomId: room.row.id, accountId, read: seq, standing },
      this.#affair.change,
    ];
  }

  /** The account's sessions hear the room from here on. */
  committed(asking?: Asking): void {
    this.#hub.fanOut.flushRoom(this.#room);
    for (const outbox of this.#account.sessions.keys()) this.#room.attached.add(outbox);
    introduce(this.#account, this.#room);
    this.#affair.committed(asking);
  }

  takeBack(): void {
    this.#account.memberships.delete(this.#room.name);
    this.#room.members.delete(this.#account.id);
    this.#affair.takeBack();
  }
}
