import { type ServerAddress, serverName } from "../../shared/identity/mod.ts";
import type { World } from "../../shared/world/mod.ts";

const handshakeMsMax = 10_000;

/**
 * Whether the server's certificate, which was refused, is the authority's and just not valid now. `node:tls` of Deno 2.9
 * has one message for all reasons; `Deno.startTls` tells them apart. Nothing is said over this connection.
 */
export async function isOutOfDate(
  world: World,
  { host, port }: ServerAddress,
  authorityPem: string,
): Promise<boolean> {
  try {
    const tcp = await Deno.connect({ hostname: host, port });
    const tls = await Deno.startTls(tcp, {
      hostname: serverName,
      caCerts: [authorityPem],
      alpnProtocols: ["chat/1"],
    });
    await handshake(world, tls);
    return false;
  } catch (cause) {
    return cause instanceof Error && /certificate (expired|not valid yet)/.test(cause.message);
  }
}

async function handshake(world: World, tls: Deno.TlsConn): Promise<void> {
  let open = true;
  function close(): void {
    if (open) tls.close();
    open = false;
  }
  const cancel = world.clock.after(handshakeMsMax, close);
  try {
    await tls.handshake();
  } finally {
    cancel();
    close();
  }
}
