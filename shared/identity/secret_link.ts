import { isPin } from "./pin.ts";
import { formatHostAndPort, parseHostAndPort, type ServerAddress } from "./server_address.ts";

/** A link with a secret that is for one server only: where it is, what opens it, and how it is recognised. */
export interface SecretLink extends ServerAddress {
  /** 16 bytes in base64url, 22 characters. Sent only after the pin was matched; never logged. */
  readonly secret: string;
  /** As `pinOf` makes it. */
  readonly pin: string;
}

/** `chat://HOST:PORT/PATH#SECRET.PIN`. What follows the `#` is never sent when such a link is opened. */
export function formatSecretLink(path: string, link: SecretLink): string {
  return `chat://${formatHostAndPort(link)}/${path}#${link.secret}.${link.pin}`;
}

/** Reads what `formatSecretLink` writes with the same path; anything else is undefined. */
export function parseSecretLink(path: string, text: string): SecretLink | undefined {
  const [, address, way, secret, pin] = /^chat:\/\/([^/#]*)\/?([^#]*)#([^.]*)\.([^.]*)$/i.exec(text.trim()) ??
    [];
  const server = parseHostAndPort(address);
  if (server === undefined || way !== path || !isSecret(secret) || !isPin(pin)) return undefined;
  return { ...server, secret, pin };
}

/** Whether the text is 16 bytes in base64url, written the one right way. */
function isSecret(text: string): boolean {
  return /^[\w-]{21}[AQgw]$/.test(text);
}
