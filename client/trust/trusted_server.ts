import type { ServerIdentity } from "./server_identity.ts";

/** A link that names a server by its pin, as a person calls it. */
export type LinkKind = "invite" | "reset link" | "bot token";

/** A server whose authority is known to be the right one. */
export interface TrustedServer extends ServerIdentity {
  /** The certificate of the server's own authority. */
  readonly pem: string;
  /** What the trust rests on: the pin of a link, an earlier time, the server's own files, or a person's yes just now. */
  readonly because: LinkKind | "known" | "this machine" | "asked";
}
