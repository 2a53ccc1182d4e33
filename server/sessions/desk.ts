import type { Arrival, Hub } from "../hub/mod.ts";
import type { Guessing } from "./guessing.ts";
import type { Passwords } from "./passwords.ts";

/** What proving who somebody is works with. */
export interface Desk {
  readonly hub: Hub;
  readonly passwords: Passwords;
  readonly guessing: Guessing;
  /** What people call the server. */
  serverName(): string;
}

/** Somebody at the door, and where they come from. */
export interface Caller extends Arrival {
  readonly address: string;
}
