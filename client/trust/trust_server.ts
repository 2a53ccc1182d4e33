import { join } from "node:path";
import { FileTrouble, readFileIfThere } from "../../shared/files/mod.ts";
import type { ServerAddress } from "../../shared/identity/mod.ts";
import type { World } from "../../shared/world/mod.ts";
import { dial, dialVerified } from "./dial.ts";
import { fetchAuthority } from "./fetch_authority.ts";
import { isCertificate, KnownServers } from "./known_servers.ts";
import { identityOf, type ServerIdentity } from "./server_identity.ts";
import { nobodyToAsk, notItsAuthority, notTheLinked, saidNo } from "./server_not_trusted.ts";
import { isThisMachine } from "./this_machine.ts";
import type { LinkKind, TrustedServer } from "./trusted_server.ts";

export interface TrustOptions {
  readonly world: World;
  readonly address: ServerAddress;
  /** The pin of a link: it wins over everything that is stored. */
  readonly pin?: string | undefined;
  /** The link that the pin is from; an invite if absent. */
  readonly link?: LinkKind | undefined;
  /** The data directory: `client/known_servers.json` and `server/authority.pem` are looked for in it. */
  readonly data: string;
  /** Asks the person, on first use, whether this is the right server. Without it such a server is refused. */
  readonly ask?: ((identity: ServerIdentity) => Promise<boolean>) | undefined;
}

/**
 * Finds out whether the server at the address is the right one, before anybody is asked for anything else, and
 * remembers the answer. Throws `ServerNotTrusted` if it is not, `NoConnection` if it cannot be reached, `FileTrouble`
 * if what is stored cannot be read or written.
 */
export async function trustServer(options: TrustOptions): Promise<TrustedServer> {
  const { pin, data, world, address } = options;
  const known = new KnownServers(data, world.clock);
  if (pin !== undefined) return await trustPinned(options, pin, known);
  const stored = known.authorityOf(address);
  if (stored !== undefined) return await trustKnown(options, stored, known);
  const local = isThisMachine(address.host) ? localAuthority(data) : undefined;
  if (local !== undefined) return await prove(world, trusted(address, local, "this machine"));
  return await trustOnFirstUse(options, known);
}

function trusted(address: ServerAddress, pem: string, because: TrustedServer["because"]): TrustedServer {
  return { ...identityOf(address, pem), pem, because };
}

/** Connects once, so that a wrong server is found out now and not when a password has been typed. */
async function prove(world: World, server: TrustedServer): Promise<TrustedServer> {
  const { line } = await dial(world, server);
  line.close();
  return server;
}

async function trustKnown(
  { world, address }: TrustOptions,
  pem: string,
  known: KnownServers,
): Promise<TrustedServer> {
  const server = await prove(world, trusted(address, pem, "known"));
  await known.used(address);
  return server;
}

async function trustPinned(
  { world, address, link = "invite" }: TrustOptions,
  pin: string,
  known: KnownServers,
): Promise<TrustedServer> {
  const pem = await fetchAuthority(world, address);
  const server = trusted(address, pem, link);
  if (server.pin !== pin) throw notTheLinked(link);
  await prove(world, server);
  await known.remember(address, pem);
  return server;
}

async function trustOnFirstUse(
  { world, address, ask }: TrustOptions,
  known: KnownServers,
): Promise<TrustedServer> {
  if (ask === undefined) throw nobodyToAsk(address);
  const pem = await fetchAuthority(world, address);
  const { line } = await dialVerified(world, address, pem, () => notItsAuthority(address));
  line.close();
  const server = trusted(address, pem, "asked");
  if (!await ask(server)) throw saidNo(address);
  await known.remember(address, pem);
  return server;
}

/** The authority of this machine's own server. Where another user runs that, its files are none of ours. */
export function localAuthority(data: string): string | undefined {
  try {
    const pem = readFileIfThere(join(data, "server", "authority.pem"));
    return pem !== undefined && isCertificate(pem) ? pem : undefined;
  } catch (cause) {
    if (cause instanceof FileTrouble) return undefined;
    throw cause;
  }
}
