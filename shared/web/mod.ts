/**
 * What a browser is answered: pages, a login kept in a cookie, a WebSocket that carries the line protocol, files. The
 * server's web door and a person's own machine answer alike; they differ in where their lines lead to.
 * Imports `shared/protocol`.
 */
export type { Backing, Hearer, Line } from "./backing.ts";
export { readBody } from "./body.ts";
export type { CookieKind } from "./cookie.ts";
export { Errand } from "./errand.ts";
export { siteHeaders } from "./headers.ts";
export { orRefusal } from "./http_refusal.ts";
export { Site, type SiteOptions } from "./site.ts";
