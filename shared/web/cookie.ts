/** How a browser keeps what a login gave it: no script of the page can read it, and no other site makes use of it (RFC 6265bis). */
export interface CookieKind {
  readonly name: string;
  /** Whether it travels over TLS alone. */
  readonly secure: boolean;
  /** How long it is kept unused, in seconds. */
  readonly lifeS: number;
}

/** The header that sets it. */
export function setCookie({ name, secure, lifeS }: CookieKind, value: string): string {
  return `${name}=${value}; Path=/; Max-Age=${lifeS}; HttpOnly; SameSite=Strict${secure ? "; Secure" : ""}`;
}

/** The header that takes it away. */
export function clearCookie(kind: CookieKind): string {
  return setCookie({ ...kind, lifeS: 0 }, "");
}

/** Its value in a request; undefined also for what was never set, since it may be set again as it came. */
export function cookieOf({ name }: CookieKind, request: Request): string | undefined {
  const pairs = (request.headers.get("cookie") ?? "").split("; ");
  const value = pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
  return value !== undefined && /^[\w.-]+$/.test(value) ? value : undefined;
}
