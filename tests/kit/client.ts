import { join } from "node:path";
import { type Connection } from "../../client/connection/mod.ts";
import { type Door, knock } from "../../client/entrance/mod.ts";
import { openTokens } from "../../client/tokens/mod.ts";
import { type TrustedServer, trustServer } from "../../client/trust/mod.ts";
import { pinOf } from "../../shared/pin/mod.ts";
import type { World } from "../../shared/world/mod.ts";
import { testPassword } from "./line_client.ts";
import type { ScriptedServer } from "./scripted_server.ts";
import type { TestServer } from "./server.ts";
import { testWorld } from "./world.ts";

/** A door to a real server, trusted by its files. All doors to it share their tokens. */
export async function doorTo(server: TestServer, world: World = testWorld()): Promise<Door> {
  const address = { host: "127.0.0.1", port: server.port };
  const trusted = await trustServer({ world, address, data: server.data });
  const { data } = server;
  return await knock({ world, server: trusted, tokens: openTokens(data, world.clock), data });
}

export async function registered(
  server: TestServer,
  username: string,
  world: World = testWorld(),
): Promise<Connection> {
  return await (await doorTo(server, world)).register(username, testPassword);
}

/** A door to a scripted server; it has to say hello. */
export function doorToScript(
  server: ScriptedServer,
  data: string,
  world: World,
  deviceName?: string,
): Promise<Door> {
  const clientData = join(data, "client-data");
  const tokens = openTokens(clientData, world.clock);
  return knock({ world, server: trustedScript(server), tokens, data: clientData, deviceName });
}

export function trustedScript({ address, pem }: ScriptedServer): TrustedServer {
  return { address, pem, pin: pinOf(pem), fingerprint: "", words: "", because: "known" };
}
