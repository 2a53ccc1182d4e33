/** `chat invite`: makes an invite on the server's machine, whether the server is running or not. */
import { formatInviteLink } from "../shared/identity/mod.ts";
import { limits } from "../shared/protocol/mod.ts";
import type { World } from "../shared/world/mod.ts";
import { readAddress } from "./address_file.ts";
import { newInvite } from "./hub/mod.ts";
import { databaseIn } from "./server.ts";
import { StartTrouble } from "./start_trouble.ts";
import { openStoreBeside } from "./store/mod.ts";

export interface InviteOptions {
  /** The server's own directory. */
  readonly directory: string;
  /** How many accounts may be made with it, as typed. */
  readonly uses: string;
  /** How long it is good, as typed: a number with m, h or d. */
  readonly expires: string;
}

export interface MadeInvite {
  readonly link: string;
  readonly uses: number;
  /** Milliseconds since the Unix epoch. */
  readonly expires: number;
}

/** Throws a Trouble. */
export function makeInvite(options: InviteOptions, world: World): MadeInvite {
  const uses = readUses(options.uses);
  const lifeMs = readLife(options.expires);
  const address = readAddress(options.directory);
  const store = openStoreBeside(databaseIn(options.directory));
  try {
    if (!store.people.accounts().some(({ role }) => role === "owner")) {
      throw new StartTrouble(
        "Nobody owns this server yet. Start it with chat serve, make the owner's account, then invite",
      );
    }
    const { secret, expires, change } = newInvite({ role: "member", uses, lifeMs }, world);
    store.commit([change]);
    return { link: formatInviteLink({ ...address, secret }), uses, expires };
  } finally {
    store.close();
  }
}

function readUses(text: string): number {
  const uses = Number(text);
  if (Number.isInteger(uses) && uses >= 1 && uses <= limits.inviteUsesMax) return uses;
  throw new StartTrouble(
    `"--uses ${text}" will not do: it takes a whole number from 1 to ${limits.inviteUsesMax}`,
  );
}

function readLife(text: string): number {
  const units: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };
  const [, count, unit = ""] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
  const lifeMs = Number(count) * (units[unit] ?? NaN);
  if (lifeMs >= 60_000 && lifeMs <= limits.inviteLifeMsMax) return lifeMs;
  throw new StartTrouble(
    `"--expires ${text}" will not do: it takes a time from 1m to 30d, like 90m, 72h or 7d`,
  );
}
