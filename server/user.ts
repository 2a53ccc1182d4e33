/** `chat user`: what can be done for an account on the server's machine, whether the server is running or not. */
import { formatResetLink } from "../shared/identity/mod.ts";
import type { World } from "../shared/world/mod.ts";
import { readAddress } from "./address_file.ts";
import { newReset } from "./hub/mod.ts";
import { databaseIn } from "./server.ts";
import { StartTrouble } from "./start_trouble.ts";
import { openStoreBeside } from "./store/mod.ts";

export interface ResetOptions {
  /** The server's own directory. */
  readonly directory: string;
  /** The account's name, as typed. */
  readonly name: string;
  /** Whether the link also turns two-factor off. */
  readonly twoFactor: boolean;
}

export interface MadeReset {
  readonly username: string;
  readonly link: string;
  /** Milliseconds since the Unix epoch. */
  readonly expires: number;
}

/** Makes a link by which somebody sets a new password; every earlier one is void. Throws a Trouble. */
export function makeReset({ directory, name, twoFactor }: ResetOptions, world: World): MadeReset {
  const address = readAddress(directory);
  const store = openStoreBeside(databaseIn(directory));
  try {
    const account = store.people.accounts().find((each) => each.name === name.toLowerCase());
    if (account === undefined) {
      throw new StartTrouble(
        `There is nobody named "${name}" on this server. Look at how the name is spelled`,
      );
    }
    const { secret, expires, change } = newReset(
      { accountId: account.id, endsTwoFactor: twoFactor, issuer: undefined },
      world,
    );
    store.commit([change]);
    return { username: account.name, link: formatResetLink({ ...address, secret }), expires };
  } finally {
    store.close();
  }
}
