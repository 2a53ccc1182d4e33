/** What is asked of a hashing thread, and what it answers. */
export type PasswordTask =
  | { readonly kind: "hash"; readonly password: string; readonly salt: Uint8Array }
  | { readonly kind: "verify"; readonly password: string; readonly hash: string };

/** The PHC string of a `hash`, or whether a `verify` matched. */
export type PasswordTaskResult = string | boolean;
