/**
 * Dials a server in a process of its own, whose system trusts other authorities than this one's. Arguments: port, and
 * the file of the trusted authority. Prints what became of it, and whether Deno's own TLS alone would have connected.
 */
import { dial } from "../../../client/trust/mod.ts";
import { pinOf } from "../../../shared/pin/mod.ts";
import { testWorld } from "../../kit/world.ts";

const [port = "", authorityFile = ""] = Deno.args;
const pem = Deno.readTextFileSync(authorityFile);
const address = { host: "127.0.0.1", port: Number(port) };

console.log(JSON.stringify({ deno: await byDenoAlone(), dial: await byDial() }));

async function byDenoAlone(): Promise<string> {
  try {
    const tcp = await Deno.connect({ hostname: address.host, port: address.port });
    const tls = await Deno.startTls(tcp, { hostname: "chat.internal", caCerts: [pem] });
    await tls.handshake();
    tls.close();
    return "connected";
  } catch (cause) {
    return String(cause);
  }
}

async function byDial(): Promise<string> {
  try {
    const server = { address, pem, pin: pinOf(pem), fingerprint: "", words: "", because: "known" } as const;
    const { line } = await dial(testWorld(), server);
    line.close();
    return "connected";
  } catch (cause) {
    return cause instanceof Error ? cause.name : String(cause);
  }
}
