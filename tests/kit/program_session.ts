import { ProgramSession } from "../../client/entrance/mod.ts";
import { openTokens } from "../../client/tokens/mod.ts";
import { trustUnasked } from "../../client/trust/mod.ts";
import type { World } from "../../shared/world/mod.ts";
import type { TestServer } from "./server.ts";
import { testWorld } from "./world.ts";

/** A session of a program at a real server, by the login that is saved there or as a bot. */
export async function programSession(
  { port, data }: Pick<TestServer, "port" | "data">,
  by: { readonly username: string } | { readonly botToken: string },
  { world = testWorld(), patienceMs = 20_000 }: { readonly world?: World; readonly patienceMs?: number } = {},
): Promise<ProgramSession> {
  const server = await trustUnasked({ world, address: { host: "127.0.0.1", port }, data });
  return await ProgramSession.open({ world, server, tokens: openTokens(data, world.clock), by, patienceMs });
}
