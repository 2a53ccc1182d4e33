/** Direct conversations: rooms of two or a few people, who stay the same and find it by naming each other. */
import { limits, Refusal, type Request } from "../../shared/protocol/mod.ts";
import type { Account } from "./account.ts";
import type { Guest } from "./guest.ts";
import type { Hub } from "./hub.ts";
import { Joining, refuseFull, refuseTooMany } from "./joining.ts";
import { Making } from "./making.ts";
import { personKnownTo, refuseDeactivated } from "./people_named.ts";
import { answerUnchanged, type Asking, decide } from "./steps.ts";

/** What the names of direct conversations begin with, and no other room's. */
export const directPrefix = "dm.";

/** Opens the conversation of the guest with the people named, and makes it if there is none. */
export function direct(hub: Hub, guest: Guest, request: Request<"direct">): void {
  const asking = { guest, re: request.id };
  const others = othersNamed(hub, guest.account, request.usernames);
  const name = nameFor([guest.account, ...others]);
  const room = hub.rooms.named(name);
  if (room === undefined) return begin(hub, asking, name, others);
  if (room.row.access === "direct") return answerUnchanged(hub, asking, room);
  // A server from before there were direct conversations let anybody use such names.
  throw new Refusal("room_exists", `A room that is no direct conversation is named "${name}" already`);
}

function othersNamed(hub: Hub, asker: Account, usernames: readonly string[]): Account[] {
  const names = new Set(usernames);
  names.delete(asker.name);
  if (names.size === 0 || names.size >= limits.directPeople) {
    throw new Refusal("bad_request", `A direct conversation is with 1 to ${limits.directPeople - 1} others`);
  }
  return [...names].map((name) => personKnownTo(hub, asker, name));
}

/** The same for the same people, whoever asks. With ids below ten million it is a room's name. */
function nameFor(people: readonly Account[]): string {
  const ids = people.map(({ id }) => id).sort((one, other) => one - other);
  return directPrefix + ids.join(".");
}

function begin(hub: Hub, asking: Asking, name: string, others: readonly Account[]): void {
  const { account } = asking.guest;
  refuseTooMany(account);
  for (const other of others) refuseDeactivated(other);
  for (const other of others) refuseFull(other);
  for (const other of others) refuseManyWith(account, other);
  const about = {
    topic: undefined,
    description: undefined,
    archived: false,
    retentionMs: undefined,
    held: false,
  };
  const making = new Making(hub, { name, kind: "standard", access: "direct", ...about }, account);
  const asked = new Joining(hub, account, making.room);
  const after = others.map((other) => new Joining(hub, other, making.room, { by: account }));
  decide(hub, asking, { before: [making], asked, after });
}

function refuseManyWith(account: Account, other: Account): void {
  const opened = account.memberships.values().filter(({ room: { row, members } }) =>
    row.access === "direct" && row.creatorId === account.id && members.has(other.id)
  );
  if ([...opened].length < limits.directsWithOne) return;
  throw new Refusal(
    "forbidden",
    `You have opened ${limits.directsWithOne} conversations with "${other.name}", which is as many as one person may. Make a room`,
  );
}
