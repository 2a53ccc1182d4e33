/**
 * What every answer says of itself. The policy has no exception: scripts, styles and connections are the site's own, there
 * is no way to make script of text, and nothing may frame it (CSP level 3; trusted types).
 */
export const siteHeaders: Readonly<Record<string, string>> = {
  "content-security-policy": [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; "),
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=()",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

/** What people have sent is never run as a page of this site, whatever it claims to be. */
export const contentHeaders: Readonly<Record<string, string>> = {
  ...siteHeaders,
  "content-security-policy": "default-src 'none'; sandbox",
  "cache-control": "private, no-cache",
};
