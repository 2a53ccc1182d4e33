/**
 * The server's own certificates: an authority that clients pin, and the leaf that it signs, which renews itself. May
 * import `shared`. Only the server and the command that starts it come here; a client never does.
 */
export type { CertificateOptions, Certificates } from "./certificates.ts";
export { ensureCertificates } from "./certificates.ts";
export { keepLeafFresh } from "./renewal.ts";
export { CertificateTrouble } from "./certificate_trouble.ts";
