import type { Said } from "./kept_messages.ts";
import type { Sent } from "./outbox.ts";

/** A message of an earlier run that got no answer, and is sent again. */
export interface Leftover extends Said {
  /** Settles as that of `Connection.say` does. */
  readonly answer: Promise<Sent>;
}

/** Messages that earlier runs of this program left behind when they crashed or were closed. */
export interface Leftovers {
  /** They are sent before all others, in their order. */
  readonly sending: readonly Leftover[];
  /** They are not sent, since the server could not tell any more whether it has them already. */
  readonly tooOld: readonly Said[];
}
