import { Trouble } from "../shared/trouble/mod.ts";

/** The server cannot start as it was asked to. */
export class StartTrouble extends Trouble {
  override readonly name = "StartTrouble";
}
