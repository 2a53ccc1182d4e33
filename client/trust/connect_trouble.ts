import type { ServerAddress } from "../../shared/identity/mod.ts";
import { Refusal } from "../../shared/protocol/mod.ts";
import { LineEnded } from "../line/mod.ts";
import { hungUp, nameNotFound, NoConnection, notChat, refused, unreachable } from "./no_connection.ts";

/** The server has a certificate, and it does not come from the authority that is trusted. */
export class CertificateRefused extends Error {
  override readonly name = "CertificateRefused";
}

/**
 * What went wrong on the way to a server, for people. Deno tells it by a code or, where it comes from its TLS, by words
 * alone, and by others from version to version. Whatever is said of the certificate means that it is refused.
 */
export function connectTrouble(
  cause: unknown,
  address: ServerAddress,
): NoConnection | CertificateRefused {
  const root = cause instanceof LineEnded ? cause.cause : cause;
  if (root instanceof NoConnection || root instanceof CertificateRefused) return root;
  if (root === undefined) return hungUp(address, cause);
  if (!(root instanceof Error)) throw cause;
  if (root instanceof Refusal) return notChat(address, root);
  const said = `${codeOf(root)} ${root.name} ${root.message}`;
  if (/ECONNREFUSED|ConnectionRefused/.test(said)) return refused(address, root);
  if (/ENOTFOUND|EAI_|failed to lookup/.test(said)) return nameNotFound(address, root);
  if (/EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|ETIMEDOUT|TimedOut|unreachable/i.test(said)) {
    return unreachable(address, root);
  }
  if (/certificate|CERT|UNABLE_TO|SELF_SIGNED/i.test(said)) return new CertificateRefused();
  if (/ECONNRESET|EPIPE|ConnectionReset|BrokenPipe|UnexpectedEof|eof|socket disconnected/i.test(said)) {
    return hungUp(address, root);
  }
  return notChat(address, root);
}

function codeOf(error: Error): string {
  return "code" in error ? String(error.code) : "";
}
