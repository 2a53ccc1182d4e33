import { Trouble } from "../../shared/trouble/mod.ts";

/** The data directory cannot be used as it is: the start stops, and a person has to do what the message says. */
export class StoreTrouble extends Trouble {
  override readonly name = "StoreTrouble";
}

/** A batch could not be stored, and nothing of it was: the disk is full or fails, or another process holds the database. */
export class NotCommitted extends Trouble {
  override readonly name = "NotCommitted";

  constructor(cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`Nothing could be stored: ${reason}. Look after the disk, then try again`, cause);
  }
}
