/**
 * The tokens of earlier logins, kept for the next start and shared by all terminals of one user. Imports `shared/`.
 */
export { openTokens, type SavedLogin, type Tokens } from "./tokens.ts";
