/**
 * One guest at a time: who they are, what they may ask, at what pace, and when they must go; login and passwords.
 * Imports shared/ and server/hub.
 */
export { checkNewPassword } from "./password_rules.ts";
export { Guessing } from "./guessing.ts";
export { fewestPasses, type HashPasses, hashPassesMax, hashPassesMin } from "./hash_passes.ts";
export { networkOf } from "./network.ts";
export { readPasswordHash } from "./password_hash.ts";
export { Passwords } from "./passwords.ts";
export type { Session, Surroundings } from "./session.ts";
export { Sessions } from "./sessions.ts";
