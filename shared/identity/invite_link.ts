import { isPin } from "./pin.ts";
import {
  defaultPort,
  formatHostAndPort,
  LinkUnreadable,
  parseHostAndPort,
  type ServerAddress,
} from "./server_address.ts";

/** All that a colleague needs: where the server is, the right to join, and how to recognise the server. */
export interface InviteLink extends ServerAddress {
  /** 16 bytes in base64url, 22 characters. Sent only after the pin was matched; never logged. */
  readonly secret: string;
  /** As `pinOf` makes it. */
  readonly pin: string;
}

/** `chat://HOST:PORT/#SECRET.PIN`. What follows the `#` is never sent when such a link is opened. */
export function formatInviteLink(link: InviteLink): string {
  return `chat://${formatHostAndPort(link)}/#${link.secret}.${link.pin}`;
}

/** Reads what `formatInviteLink` writes. Throws `LinkUnreadable`, whose message never holds the secret. */
export function parseInviteLink(text: string): InviteLink {
  const [, address, secret, pin] = /^chat:\/\/([^/#]*)\/?#([^.]*)\.([^.]*)$/i.exec(text.trim()) ?? [];
  const server = parseHostAndPort(address);
  if (server === undefined || !isSecret(secret) || !isPin(pin)) {
    throw new LinkUnreadable(
      `This is not a whole invite link. One looks like chat://192.168.1.20:${defaultPort}/#SECRET.PIN, with 22 characters ` +
        "for SECRET and 43 for PIN; copy it again from start to end, and put it in quotes",
    );
  }
  return { ...server, secret, pin };
}

/** Whether the text is 16 bytes in base64url, written the one right way. */
function isSecret(text: string): boolean {
  return /^[\w-]{21}[AQgw]$/.test(text);
}
