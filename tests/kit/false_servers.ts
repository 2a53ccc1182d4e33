/** Servers that are not the right one, each false in its own way. */
import { type Authority, ensureAuthority } from "../../certs/authority.ts";
import { keyFilesIn } from "../../certs/key_files.ts";
import { ensureLeaf } from "../../certs/leaf.ts";
import { serverName } from "../../shared/identity/mod.ts";
import { foreignCertificates } from "./foreign_authority.ts";
import { manualClock } from "./manual_clock.ts";
import type { Script } from "./scripted_server.ts";
import { testWorld } from "./world.ts";

const dayMs = 86_400_000;

/** A server that a client may meet in place of the right one. */
export interface FalseServer {
  readonly says: string;
  readonly certificates: NonNullable<Script["certificates"]>;
  /** Authorities that the client's system trusts, as a file. */
  readonly systemAuthorities?: string;
}

/** The right server's authority with its certificate, known to clients of the data directory `data`. */
export class RightServer {
  readonly data: string;
  readonly #authority: Authority;

  private constructor(data: string, authority: Authority) {
    this.data = data;
    this.#authority = authority;
  }

  static async in(data: string): Promise<RightServer> {
    return new RightServer(data, await ensureAuthority(keyFilesIn(`${data}/server`), testWorld()));
  }

  /** A leaf of its authority for `name`, valid for 90 days from `startsInDays` on. */
  async leaf(name: string = serverName, startsInDays: number = 0): Promise<FalseServer["certificates"]> {
    const files = keyFilesIn(Deno.makeTempDirSync({ dir: this.data }));
    const world = testWorld({ clock: manualClock(Date.now() + startsInDays * dayMs) });
    const { pem, keyPem } = await ensureLeaf({ files, authority: this.#authority, names: [name], world });
    return { authorityPem: this.#authority.pem, leafPem: pem, leafKeyPem: keyPem };
  }
}

/** Every way of being false that has to do with certificates. */
export async function falseServers(right: RightServer): Promise<readonly FalseServer[]> {
  const directory = Deno.makeTempDirSync({ dir: right.data });
  const other = await RightServer.in(Deno.makeTempDirSync({ dir: right.data }));
  const foreign = foreignCertificates(directory);
  return [
    { says: "another chat server's authority", certificates: await other.leaf() },
    { says: "a certificate for another name", certificates: await right.leaf("other.internal") },
    { says: "an expired certificate", certificates: await right.leaf(serverName, -100) },
    { says: "a certificate that is not valid yet", certificates: await right.leaf(serverName, 2) },
    {
      says: "a root of the client's system that vouches for chat.internal",
      certificates: foreign,
      systemAuthorities: `${directory}/authority.pem`,
    },
  ];
}
