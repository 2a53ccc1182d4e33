import { connect } from "node:tls";
import { type ServerAddress, serverName } from "../../shared/identity/mod.ts";
import { CertificateUnreadable, pinOf } from "../../shared/pin/mod.ts";
import { encode } from "../../shared/protocol/mod.ts";
import type { World } from "../../shared/world/mod.ts";
import { CertificateRefused, connectTrouble } from "./connect_trouble.ts";
import { hearHello } from "./hear_hello.ts";
import type { Line } from "../line/mod.ts";
import { lineOver } from "./socket_line.ts";
import { notChat, silent } from "./no_connection.ts";

const answerMsMax = 10_000;

/**
 * Asks whoever is at the address for the certificate of its authority. Nothing proves who that is: the result has to be
 * compared with a pin or by a person. This is the only line that is not verified, and this request the only thing ever
 * said over it. Throws `NoConnection`.
 */
export async function fetchAuthority(world: World, address: ServerAddress): Promise<string> {
  const socket = connect({
    ...address,
    servername: serverName,
    ALPNProtocols: ["chat/1"],
    rejectUnauthorized: false,
  });
  const line = lineOver(socket);
  try {
    await hearHello(world, line, address);
    return await askForAuthority(world, line, address);
  } catch (cause) {
    const trouble = connectTrouble(cause, address);
    throw trouble instanceof CertificateRefused ? notChat(address, cause) : trouble;
  } finally {
    line.drop();
  }
}

async function askForAuthority(world: World, line: Line, address: ServerAddress): Promise<string> {
  const cancel = world.clock.after(answerMsMax, () => line.drop(silent(address)));
  try {
    line.send(encode({ type: "authority", id: "0" }));
    const frame = await line.read();
    if (frame.type !== "authority") throw notChat(address);
    pinOf(frame.pem);
    return frame.pem;
  } catch (cause) {
    throw cause instanceof CertificateUnreadable ? notChat(address, cause) : cause;
  } finally {
    cancel();
  }
}
