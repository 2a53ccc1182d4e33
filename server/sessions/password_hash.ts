/** Hashes of passwords as they are stored: PHC strings of argon2id, and those of bcrypt that other programs have made. */
import { Buffer } from "node:buffer";
import type { HashCost } from "./password_task.ts";

export type PasswordHash =
  | { readonly kind: "argon2id"; readonly cost: HashCost; readonly salt: Uint8Array }
  /** `rounds` is the base-2 logarithm of how often it goes round. */
  | { readonly kind: "bcrypt"; readonly rounds: number; readonly salt: Uint8Array };

/** Undefined where `text` is no hash that can be verified here. */
export function readPasswordHash(text: string): PasswordHash | undefined {
  const [, memory, passes, phcSalt] = argon2idString.exec(text) ?? [];
  if (phcSalt !== undefined) {
    const cost = { memoryKib: Number(memory), passes: Number(passes) };
    return { kind: "argon2id", cost, salt: fromBase64(phcSalt) };
  }
  const [, rounds, salt] = bcryptString.exec(text) ?? [];
  return salt === undefined
    ? undefined
    : { kind: "bcrypt", rounds: Number(rounds), salt: fromBase64(ordinary(salt)) };
}

/** The hash that `text` is, if a new one of this cost would be harder to break. One of more memory, or of more in all, never is. */
export function readWeakerHash(text: string, cost: HashCost): PasswordHash | undefined {
  const hash = readPasswordHash(text);
  if (hash === undefined || hash.kind === "bcrypt") return hash;
  const { memoryKib, passes } = hash.cost;
  const isWeaker = memoryKib <= cost.memoryKib && memoryKib * passes < cost.memoryKib * cost.passes;
  return isWeaker ? hash : undefined;
}

/** Whether two hashes are of one password that was set once: a hash that is only strengthened keeps its salt. */
export function isSamePassword(one: string, other: string): boolean {
  const salts = [one, other].map((text) => readPasswordHash(text)?.salt.join());
  return one === other || (salts[0] !== undefined && salts[0] === salts[1]);
}

/** https://github.com/P-H-C/phc-string-format/blob/master/phc-sf-spec.md */
const argon2idString =
  /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=\d{1,3}\$([A-Za-z0-9+/]{11,86})\$[A-Za-z0-9+/]{16,86}$/;

const bcryptString = /^\$2[aby]\$(0[4-9]|[12]\d|3[01])\$([./A-Za-z0-9]{22})[./A-Za-z0-9]{31}$/;

const bcryptAlphabet = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const base64Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Bcrypt writes the same six bits with other letters. */
function ordinary(bcryptBase64: string): string {
  return bcryptBase64.replace(/./g, (letter) => base64Alphabet.charAt(bcryptAlphabet.indexOf(letter)));
}

function fromBase64(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, "base64"));
}
