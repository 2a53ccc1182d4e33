import { connect, type TLSSocket } from "node:tls";
import { type ServerAddress, serverName } from "../../shared/identity/mod.ts";
import type { World } from "../../shared/world/mod.ts";
import type { Dialled } from "../line/mod.ts";
import { CertificateRefused, connectTrouble } from "./connect_trouble.ts";
import { hearHello } from "./hear_hello.ts";
import { isIssuedBy } from "./issued_by.ts";
import { lineOver } from "./socket_line.ts";
import { wrongClock } from "./no_connection.ts";
import { isOutOfDate } from "./out_of_date.ts";
import { notTheSame, notTheTrusted, type ServerNotTrusted } from "./server_not_trusted.ts";
import type { TrustedServer } from "./trusted_server.ts";

/** Connects over verified TLS. Throws `NoConnection`, or `ServerNotTrusted` when somebody else answers. */
export function dial(world: World, server: TrustedServer): Promise<Dialled> {
  return dialVerified(world, server.address, server.pem, () => notTheTrusted(server));
}

/** As `dial`, for a server that was the right one before: what was said of an invite then is beside the point. */
export function dialAgain(world: World, server: TrustedServer): Promise<Dialled> {
  return dialVerified(world, server.address, server.pem, () => notTheSame(server));
}

/**
 * Nothing is sent before the server has spoken, since only then is the handshake certainly done and verified: Deno
 * before 2.9 says `secureConnect` too early.
 *
 * There it also trusts the roots of the system besides `ca`, as `Deno.startTls` does in every version, and a company's
 * own root, unlike a public one, may well vouch for any name. So the signature of the certificate is checked here once more.
 */
export async function dialVerified(
  world: World,
  address: ServerAddress,
  authorityPem: string,
  refusal: () => ServerNotTrusted,
): Promise<Dialled> {
  const socket = connect({
    ...address,
    servername: serverName,
    ca: [authorityPem],
    ALPNProtocols: ["chat/1"],
    rejectUnauthorized: true,
  });
  socket.setNoDelay(true);
  const line = lineOver(socket);
  try {
    const hello = await hearHello(world, line, address);
    if (!isIssuedBy(peerCertificate(socket), authorityPem)) throw new CertificateRefused();
    return { line, hello };
  } catch (cause) {
    line.drop();
    const trouble = connectTrouble(cause, address);
    if (!(trouble instanceof CertificateRefused)) throw trouble;
    if (!await isOutOfDate(world, address, authorityPem)) throw refusal();
    throw wrongClock(address, new Date(world.clock.now()), cause);
  }
}

function peerCertificate(socket: TLSSocket): Uint8Array {
  return socket.getPeerCertificate()?.raw ?? new Uint8Array();
}
