import type { Arrival, Hub } from "../hub/mod.ts";
import type { Guessing } from "./guessing.ts";
import type { Customer } from "./password_queue.ts";
import type { Passwords } from "./passwords.ts";

/** What proving who somebody is works with. */
export interface Desk {
  readonly hub: Hub;
  readonly passwords: Passwords;
  readonly guessing: Guessing;
  /** What people call the server. */
  serverName(): string;
}

/** Somebody at the door who has shown to be of the account `known`, if so, as one for whom passwords are computed. */
export function customerOf({ present, address }: Caller, known: string | undefined): Customer {
  return { wanted: present, known, address };
}

/** Somebody at the door, and where they come from. */
export interface Caller extends Arrival {
  readonly address: string;
}
