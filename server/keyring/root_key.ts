import { Buffer } from "node:buffer";
import { hkdfSync } from "node:crypto";
import { systemChance } from "../../shared/world/mod.ts";
import { Box } from "./box.ts";

/** Bytes of every key here. */
export const keyBytes = 32;

const noLead = new Uint8Array();

/** The key that wraps all others. It is kept outside the database, which holds its id alone. */
export interface RootKey {
  /** Tells root keys apart and gives nothing of them away: 16 hexadecimal digits. */
  readonly id: string;
  /** As one line of a root key file. */
  readonly text: string;
  /** Seals `plain` so that it opens under the same `label` only. */
  wrap(label: string, plain: Uint8Array): Uint8Array;
  /** Throws if it was wrapped by another key or label, or changed. */
  unwrap(label: string, wrapped: Uint8Array): Uint8Array;
}

export function makeRootKey(): RootKey {
  return rootKeyOf(systemChance().bytes(keyBytes));
}

/** The key of one line of a root key file, or undefined if it is none. */
export function parseRootKey(text: string): RootKey | undefined {
  if (!/^[\w-]{43}$/.test(text)) return undefined;
  const key = rootKeyOf(Uint8Array.from(Buffer.from(text, "base64url")));
  return key.text === text ? key : undefined;
}

function rootKeyOf(bytes: Uint8Array): RootKey {
  const box = new Box(1);
  const key = deriveKey(bytes, "root key wraps");
  const bound = (label: string) => new TextEncoder().encode(label);
  return {
    id: Buffer.from(deriveKey(bytes, "root key id")).toString("hex", 0, 8),
    text: Buffer.from(bytes).toString("base64url"),
    wrap: (label, plain) => box.lock(key, noLead, bound(label), plain),
    unwrap: (label, wrapped) => new Uint8Array(box.unlock(key, 0, bound(label), wrapped)),
  };
}

/** HKDF with SHA-256 (RFC 5869): 32 bytes for one purpose, from which nobody learns those for another. */
export function deriveKey(secret: Uint8Array, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", secret, noLead, `chat ${purpose}`, keyBytes));
}
