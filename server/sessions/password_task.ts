/** What is asked of a hashing thread, and what it answers. */
export type PasswordTask =
  | { readonly kind: "hash"; readonly password: string; readonly salt: Uint8Array; readonly cost: HashCost }
  | {
    readonly kind: "verify";
    readonly password: string;
    readonly hash: string;
    /** Verified too where the hash does not match, since that was quicker than today's hashes are. */
    readonly filler: string | undefined;
  }
  | { readonly kind: "judge"; readonly password: string; readonly expected: readonly string[] };

/** What argon2id costs: memory in KiB, gone through so many times. */
export interface HashCost {
  readonly memoryKib: number;
  readonly passes: number;
}

/** Why a password is too easy to guess. */
export type Weakness = "names" | "repetition" | "row" | "known" | "guessable";

/** The PHC string of a `hash`, whether a `verify` matched, or what a password is that was to be judged. */
export type PasswordTaskResult = string | boolean | Weakness | "fine";
