import { Trouble } from "../trouble/mod.ts";

/** The port of the line door, unless a person chooses another. */
export const defaultPort = 7443;

export interface ServerAddress {
  /** A name or an IP address in lower case; an IPv6 address bears no brackets here. */
  readonly host: string;
  /** 1 to 65,535. */
  readonly port: number;
}

/** A person typed or pasted something that is not what it should be. The message shows what is, and repeats nothing. */
export class LinkUnreadable extends Trouble {
  override readonly name = "LinkUnreadable";
}

/** Reads `chat://HOST:PORT`, `chat://HOST`, `HOST:PORT` or `HOST`. Throws `LinkUnreadable`. */
export function parseServerAddress(text: string): ServerAddress {
  const address = parseHostAndPort(/^(?:chat:\/\/)?([^/]*)\/?$/i.exec(text.trim())?.[1]);
  if (address !== undefined) return address;
  throw new LinkUnreadable(
    `This is not the address of a server. One looks like chat://192.168.1.20:${defaultPort} or chat.example.com; ` +
      `an IPv6 address stands in brackets, as in [fd00::20]:${defaultPort}`,
  );
}

/** Reads `HOST` or `HOST:PORT`, an IPv6 host in brackets. Undefined if it is neither. */
export function parseHostAndPort(text: string | undefined): ServerAddress | undefined {
  const parts = /^(?:\[([^\]]*)\]|([^:[\]]*))(?::(\d{1,5}))?$/.exec(text ?? "");
  if (parts === null) return undefined;
  const [, inBrackets, plain, digits] = parts;
  const host = (inBrackets ?? plain).toLowerCase();
  const port = digits === undefined ? defaultPort : Number(digits);
  if (port < 1 || port > 65_535) return undefined;
  if (inBrackets === undefined ? !isHostName(host) : !isIpv6(host)) return undefined;
  return { host, port };
}

export function formatHostAndPort({ host, port }: ServerAddress): string {
  return `${host.includes(":") ? `[${host}]` : host}:${port}`;
}

/** Names of RFC 1123 section 2.1 (underscores too, which some networks use) and IPv4 addresses, in ASCII. */
function isHostName(host: string): boolean {
  return host.length <= 253 && /^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.(?!$)|$))+$/.test(host);
}

function isIpv6(host: string): boolean {
  return /^[0-9a-f:.]+$/.test(host) && URL.canParse(`http://[${host}]/`);
}
