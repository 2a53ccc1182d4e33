/** Lists: who is in a room, and which rooms there are. */
import type { Answer, Request, Standing } from "../../shared/protocol/mod.ts";
import type { Account } from "./account.ts";
import { peopleOf } from "./affairs.ts";
import type { Guest } from "./guest.ts";
import type { Hub } from "./hub.ts";
import { membershipOf } from "./membership.ts";
import { cutPage } from "./page.ts";
import type { Room } from "./room.ts";
import { whenSettled } from "./settled.ts";

export function who(hub: Hub, guest: Guest, request: Request<"who">): void {
  const { room } = membershipOf(guest.account, request.room);
  whenSettled(hub, () => answerWho(hub, guest, request, room));
}

function answerWho(hub: Hub, guest: Guest, request: Request<"who">, room: Room): void {
  const accounts = inNameOrder([...room.members].map((id) => hub.accounts.withId(id)), request.after);
  const { items, more } = cutPage(
    accounts.values().map((account) => toMember(account, room)),
    accounts.length,
  );
  guest.answer({ type: "who", re: request.id, room: room.name, users: items, more });
}

/** What is usual is not said. */
function toMember(account: Account, room: Room): Answer<"who">["users"][number] {
  const { name, presence, role, profile, deactivated, isBot } = account;
  return {
    username: name,
    status: presence,
    standing: unusual(account.memberships.get(room.name)?.standing),
    role: role === "member" ? undefined : role,
    displayName: profile.displayName,
    deactivated: deactivated || undefined,
    bot: isBot || undefined,
  };
}

function unusual(standing: Standing | undefined): Standing | undefined {
  return standing === "member" ? undefined : standing;
}

export function rooms(hub: Hub, guest: Guest, request: Request<"rooms">): void {
  whenSettled(hub, () => answerRooms(hub, guest, request));
}

function answerRooms(hub: Hub, guest: Guest, request: Request<"rooms">): void {
  const { memberships, role } = guest.account;
  const visible = hub.rooms.all().filter((room) =>
    memberships.has(room.name) || (room.row.access === "public" && role !== "guest")
  );
  const inOrder = inNameOrder(visible, request.after);
  // What does not fit into the page is not even made.
  const listed = inOrder.values().map((room) => ({
    room: room.name,
    kind: room.row.kind,
    access: room.row.access,
    topic: room.row.topic,
    description: room.row.description,
    archived: room.row.archived || undefined,
    held: (memberships.has(room.name) && room.row.held) || undefined,
    retentionMs: room.row.retentionMs,
    people: peopleOf(hub.accounts, room),
    members: room.members.size,
    member: memberships.has(room.name),
    standing: unusual(memberships.get(room.name)?.standing),
  }));
  const { items, more } = cutPage(listed, inOrder.length);
  guest.answer({ type: "rooms", re: request.id, rooms: items, more });
}

/** Those whose name comes after `after`, in the order of their names. Names are ASCII, so that code units will do. */
export function inNameOrder<Named extends { readonly name: string }>(
  all: readonly Named[],
  after: string = "",
): Named[] {
  return all.filter(({ name }) => name > after).sort((one, other) => one.name < other.name ? -1 : 1);
}
