import { formatSecretLink, parseSecretLink, type SecretLink } from "./secret_link.ts";
import { defaultPort, LinkUnreadable } from "./server_address.ts";

/** All that a colleague needs: where the server is, the right to join, and how to recognise the server. */
export type InviteLink = SecretLink;

/** `chat://HOST:PORT/#SECRET.PIN`. */
export function formatInviteLink(link: InviteLink): string {
  return formatSecretLink("", link);
}

/** Reads what `formatInviteLink` writes. Throws `LinkUnreadable`, whose message never holds the secret. */
export function parseInviteLink(text: string): InviteLink {
  const link = parseSecretLink("", text);
  if (link !== undefined) return link;
  throw new LinkUnreadable(
    `This is not a whole invite link. One looks like chat://192.168.1.20:${defaultPort}/#SECRET.PIN, with 22 characters ` +
      "for SECRET and 43 for PIN; copy it again from start to end, and put it in quotes",
  );
}
