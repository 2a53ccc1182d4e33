import type { World } from "../../shared/world/mod.ts";

const nonceBytes = 16;

/** By which the server knows a message that it has been sent twice. */
export function nonceFrom({ chance }: World): string {
  return Array.from(chance.bytes(nonceBytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
