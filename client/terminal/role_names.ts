import type { Role } from "../../shared/protocol/mod.ts";

/** What somebody of the role is. */
export const roleNames: Readonly<Record<Role, string>> = {
  owner: "an owner",
  admin: "an admin",
  member: "a member",
  guest: "a guest",
};
