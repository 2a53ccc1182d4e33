import { Refusal } from "../protocol/mod.ts";
import type { Backing } from "./backing.ts";
import { content } from "./content.ts";
import { clearCookie, type CookieKind, cookieOf, setCookie } from "./cookie.ts";
import { enter } from "./entering.ts";
import { Errand } from "./errand.ts";
import { siteHeaders } from "./headers.ts";
import { orRefusal } from "./http_refusal.ts";
import { isFromHere } from "./origin.ts";
import { Pages } from "./pages.ts";
import { relay } from "./relay.ts";

/** The subprotocol of the WebSocket: the line protocol, one frame a message. */
const subprotocol = "chat.1";

export interface SiteOptions {
  readonly backing: Backing;
  readonly cookie: CookieKind;
  /** The folder with the web client's pages, if there are any. */
  readonly pages: string | undefined;
  sleep(ms: number): Promise<void>;
}

/** Somebody's request, and where they are. */
interface Visit {
  readonly request: Request;
  readonly path: string;
  readonly address: string;
}

/** What a browser finds. */
export class Site {
  readonly #backing: Backing;
  readonly #cookie: CookieKind;
  readonly #pages: Pages;
  readonly #sleep: SiteOptions["sleep"];

  constructor({ backing, cookie, pages, sleep }: SiteOptions) {
    this.#backing = backing;
    this.#cookie = cookie;
    this.#pages = new Pages(pages);
    this.#sleep = sleep;
  }

  /** Answers a request from `address`. Never rejects for what the request is like. */
  answer(request: Request, address: string): Promise<Response> {
    return orRefusal(() => this.#route({ request, path: new URL(request.url).pathname, address }));
  }

  #route(visit: Visit): Response | Promise<Response> {
    const { request: { method }, path } = visit;
    if (path === "/ws") return this.#upgrade(visit);
    if (method === "POST") {
      refuseForeign(visit);
      if (path === "/enter") return this.#enter(visit);
      if (path === "/leave") return this.#leave(visit);
    }
    if (method === "GET" || method === "HEAD") {
      if (path.startsWith("/files/")) return this.#content(visit);
      const page = this.#pages.answer(visit.request, path);
      if (page !== undefined) return this.#keepingLogin(visit, page);
    }
    throw new Refusal("no_such_file", "There is nothing at this address");
  }

  /** Whoever comes often is not asked for a password again: the cookie's time begins anew with each visit. */
  #keepingLogin({ request, path }: Visit, page: Response): Response {
    const token = cookieOf(this.#cookie, request);
    if (path !== "/" || token === undefined) return page;
    const headers = new Headers(page.headers);
    headers.set("set-cookie", setCookie(this.#cookie, token));
    return new Response(page.body, { status: page.status, headers });
  }

  #upgrade(visit: Visit): Response {
    const { request, address } = visit;
    refuseForeign(visit);
    if (request.headers.get("upgrade")?.toLowerCase() !== "websocket") {
      throw new Refusal("bad_request", "This address takes WebSockets only");
    }
    const offered = (request.headers.get("sec-websocket-protocol") ?? "").split(/\s*,\s*/);
    if (!offered.includes(subprotocol)) {
      throw new Refusal("bad_request", `The WebSocket must offer the subprotocol "${subprotocol}"`);
    }
    const token = this.#token(request);
    const { socket, response } = Deno.upgradeWebSocket(request, { protocol: subprotocol });
    relay({ socket, backing: this.#backing, address, token, sleep: this.#sleep });
    return response;
  }

  async #enter({ request, address }: Visit): Promise<Response> {
    const { welcome, token } = await enter(this.#backing, request, address);
    return Response.json(welcome, {
      headers: { ...siteHeaders, "set-cookie": setCookie(this.#cookie, token) },
    });
  }

  /** Ends the login, and forgets it even where the server cannot be asked to. */
  async #leave({ request, address }: Visit): Promise<Response> {
    const token = cookieOf(this.#cookie, request);
    if (token !== undefined) await endLogin(this.#backing, token, address);
    return new Response(null, {
      status: 204,
      headers: { ...siteHeaders, "set-cookie": clearCookie(this.#cookie) },
    });
  }

  #content({ request, path, address }: Visit): Promise<Response> {
    const [, , file = "", kind] = path.split("/");
    const wanted = { file, preview: kind === "preview", token: this.#token(request), address };
    return content(this.#backing, request, wanted);
  }

  #token(request: Request): string {
    const token = cookieOf(this.#cookie, request);
    if (token !== undefined) return token;
    throw new Refusal("not_authenticated", "Log in first");
  }
}

function refuseForeign({ request }: Visit): void {
  if (!isFromHere(request)) throw new Refusal("forbidden", "Only this site's own pages may ask for that");
}

async function endLogin(backing: Backing, token: string, address: string): Promise<void> {
  const errand = new Errand(backing, address);
  try {
    const welcome = await errand.ask({ type: "resume", token, deaf: true });
    if (welcome.type === "auth_success") await errand.ask({ type: "revoke", device: welcome.device });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  } finally {
    errand.end();
  }
}
