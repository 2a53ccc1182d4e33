import { formatSecretLink, parseSecretLink, type SecretLink } from "./secret_link.ts";
import { defaultPort, LinkUnreadable } from "./server_address.ts";

/** What somebody needs who has forgotten their password: where the server is, and the right to set a new one. */
export type ResetLink = SecretLink;

/** `chat://HOST:PORT/reset#SECRET.PIN`. */
export function formatResetLink(link: ResetLink): string {
  return formatSecretLink("reset", link);
}

/** Reads what `formatResetLink` writes. Throws `LinkUnreadable`, whose message never holds the secret. */
export function parseResetLink(text: string): ResetLink {
  const link = parseSecretLink("reset", text);
  if (link !== undefined) return link;
  throw new LinkUnreadable(
    `This is not a whole reset link. One looks like chat://192.168.1.20:${defaultPort}/reset#SECRET.PIN, with 22 ` +
      "characters for SECRET and 43 for PIN; copy it again from start to end, and put it in quotes",
  );
}
