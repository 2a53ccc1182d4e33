/** Finding people by their names, without telling anybody of people of whom they may not know. */
import { Refusal } from "../../shared/protocol/mod.ts";
import type { Account } from "./account.ts";
import { accountNamed } from "./accounts.ts";
import type { Hub } from "./hub.ts";
import type { Membership } from "./membership.ts";
import type { Room } from "./room.ts";

/**
 * The account of this name, for somebody who may know of it: guests know those with whom they share a room. Throws
 * `no_such_user`.
 */
export function personKnownTo({ accounts }: Hub, asker: Account, name: string): Account {
  if (asker.role !== "guest") return accountNamed(accounts, name);
  const account = accounts.named(name);
  if (account !== undefined && (account === asker || shareRoom(account, asker))) return account;
  throw new Refusal("no_such_user", `There is nobody named "${name}" in your rooms`);
}

function shareRoom({ id }: Account, { memberships }: Account): boolean {
  return memberships.values().some(({ room }) => room.members.has(id));
}

/** Throws `forbidden` where an account is not to be taken into anything new. */
export function refuseDeactivated({ name, deactivated }: Account): void {
  if (!deactivated) return;
  throw new Refusal("forbidden", `The account "${name}" is deactivated`);
}

/** Throws `forbidden` where an account is a program's; `why` says why not, or what instead. */
export function refuseBot({ name, isBot }: Account, why: string): void {
  if (isBot) throw new Refusal("forbidden", `"${name}" is a bot, which ${why}`);
}

/** A member of the room by their name. Throws `no_such_user` in the same words whether somebody else has the name or nobody. */
export function memberNamed(
  { accounts }: Hub,
  room: Room,
  name: string,
): { readonly account: Account; readonly membership: Membership } {
  const account = accounts.named(name);
  const membership = account?.memberships.get(room.name);
  if (account !== undefined && membership !== undefined) return { account, membership };
  throw new Refusal("no_such_user", `There is nobody named "${name}" in "${room.name}"`);
}
