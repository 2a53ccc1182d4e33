/**
 * The tokens of earlier logins and the proofs that they happened here, kept for the next start and shared by all
 * terminals of one user. Imports `shared/`.
 */
export { type Given, openTokens, type SavedLogin, type Tokens } from "./tokens.ts";
