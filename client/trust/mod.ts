/**
 * Which server is the right one, and a verified line to that one alone. Nothing secret passes through here: names,
 * passwords, tokens and invites are sent by others, and only over what `dial` returns. Imports `shared/`.
 */
export { dial, dialAgain } from "./dial.ts";
export { NoConnection, type NoConnectionKind } from "./no_connection.ts";
export type { ServerIdentity } from "./server_identity.ts";
export { ServerNotTrusted } from "./server_not_trusted.ts";
export type { LinkKind, TrustedServer } from "./trusted_server.ts";
export { type TrustOptions, trustServer } from "./trust_server.ts";
export { trustUnasked } from "./trust_unasked.ts";
export { usualServer } from "./usual_server.ts";
