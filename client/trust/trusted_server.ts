import type { ServerIdentity } from "./server_identity.ts";

/** A server whose authority is known to be the right one. */
export interface TrustedServer extends ServerIdentity {
  /** The certificate of the server's own authority. */
  readonly pem: string;
  /** What the trust rests on: an invite link, an earlier time, the server's own files, or a person's yes just now. */
  readonly because: "pin" | "known" | "this machine" | "asked";
}
