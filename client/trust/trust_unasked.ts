import { type ServerAddress } from "../../shared/identity/mod.ts";
import { pinOf } from "../../shared/pin/mod.ts";
import type { World } from "../../shared/world/mod.ts";
import { KnownServers } from "./known_servers.ts";
import { identityOf } from "./server_identity.ts";
import { isThisMachine } from "./this_machine.ts";
import type { TrustedServer } from "./trusted_server.ts";
import { localAuthority, trustServer } from "./trust_server.ts";

export interface UnaskedTrust {
  readonly world: World;
  readonly address: ServerAddress;
  /** The pin in a bot's token: it wins over everything that is stored. */
  readonly pin?: string | undefined;
  /** The data directory. */
  readonly data: string;
}

/**
 * Which server is the right one, for a program that has nobody to ask and no time to lose: one that is known is not tried
 * first, since `dial` finds out anyway. Throws as `trustServer` does.
 */
export async function trustUnasked({ world, address, pin, data }: UnaskedTrust): Promise<TrustedServer> {
  const stored = new KnownServers(data, world.clock).authorityOf(address);
  if (stored !== undefined && (pin === undefined || pinOf(stored) === pin)) {
    return { ...identityOf(address, stored), pem: stored, because: "known" };
  }
  const local = pin === undefined && isThisMachine(address.host) ? localAuthority(data) : undefined;
  if (local !== undefined) return { ...identityOf(address, local), pem: local, because: "this machine" };
  return await trustServer({ world, address, pin, link: "bot token", data });
}
