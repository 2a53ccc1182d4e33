import { Trouble } from "../../shared/trouble/mod.ts";

/** The root key is missing, is another one, or cannot be written. Nothing was changed. */
export class KeyTrouble extends Trouble {
  override readonly name = "KeyTrouble";
}

/** Something sealed does not open: it was changed, or moved from another place, by something other than this program. */
export class Unreadable extends Trouble {
  override readonly name = "Unreadable";

  constructor(what: string, cause?: unknown) {
    super(
      `${what} cannot be opened: it was damaged, or changed by something other than this program. ` +
        `A backup of an earlier day has it as it was`,
      cause,
    );
  }
}
