/** Who is above whom: which roles somebody may give, and to whom. The frame table has said before who may ask at all. */
import type { Role } from "../../shared/protocol/mod.ts";

/** Roles that admins decide about. */
const belowAdmin: readonly Role[] = ["member", "guest"];

/** Whether whoever has the role decides about others: to give it or take it needs a proof. */
export function isHigh(role: Role): boolean {
  return !belowAdmin.includes(role);
}

/** Whether a `giver` may make somebody who is `from` into `to`. That an owner must remain is decided apart. */
export function mayGive(giver: Role, from: Role, to: Role): boolean {
  return giver === "owner" || (giver === "admin" && belowAdmin.includes(from) && belowAdmin.includes(to));
}

/** Whether the acts of somebody with the role `actor` against an account of the role `other` are theirs to decide. */
export function mayRule(actor: Role, other: Role): boolean {
  return actor === "owner" || belowAdmin.includes(other);
}

/** Whether somebody may invite newcomers of this role. Owners are not invited: they are made of people who are known. */
export function mayInvite(inviter: Role, role: Role): boolean {
  return (inviter === "owner" && role === "admin") ||
    (["owner", "admin"].includes(inviter) && belowAdmin.includes(role));
}

/** Whether somebody may make reset links. */
export function mayReset(issuer: Role): boolean {
  return issuer === "owner";
}
