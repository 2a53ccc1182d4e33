/**
 * Whether a request comes from a page of this very site, as every one that changes something or opens a line must: other
 * pages can make a browser send requests, with its cookies, and cannot forge where they are from (RFC 6454, section 7.3).
 */
export function isFromHere(request: Request): boolean {
  return request.headers.get("origin") === new URL(request.url).origin;
}
