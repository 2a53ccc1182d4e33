import { isPin } from "./pin.ts";
import { formatHostAndPort, LinkUnreadable, parseHostAndPort, type ServerAddress } from "./server_address.ts";

/** All that a program needs that has an account of its own: where the server is, what opens it, and how it is recognised. */
export interface BotLink extends ServerAddress {
  /** What the server made for the bot. Sent only after the pin was matched; never logged. */
  readonly token: string;
  /** As `pinOf` makes it. */
  readonly pin: string;
}

/** `chat://HOST:PORT/bot#TOKEN.PIN`, where the token has a dot of its own. What follows the `#` is never sent when it is opened. */
export function formatBotLink(link: BotLink): string {
  return `chat://${formatHostAndPort(link)}/bot#${link.token}.${link.pin}`;
}

/** Reads what `formatBotLink` writes. Throws `LinkUnreadable`, whose message never holds the token. */
export function parseBotLink(text: string): BotLink {
  const [, host, token, pin] =
    /^chat:\/\/([^/#]*)\/bot#([\w-]{22}\.[\w-]{43})\.([\w-]+)$/i.exec(text.trim()) ?? [];
  const address = parseHostAndPort(host);
  if (address !== undefined && token !== undefined && isPin(pin)) return { ...address, token, pin };
  throw new LinkUnreadable(
    "This is not a whole bot token. One looks like chat://192.168.1.20:7443/bot#TOKEN.PIN: copy it again from start to end",
  );
}
