import { Trouble } from "../shared/trouble/mod.ts";

/** The server cannot start as it was asked to. */
export class StartTrouble extends Trouble {
  override readonly name = "StartTrouble";
}

/** What those are told who look for a server's data where there is none. */
export function noServerOn(directory: string): StartTrouble {
  return new StartTrouble(
    `No server has run on ${directory} yet. Start one with chat serve, or say where its data is with --data`,
  );
}
