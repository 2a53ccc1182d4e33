import { safeLines } from "../terminal/mod.ts";

/** Says something to the person who reads what a program did, beside its data. */
export function remark(text: string): void {
  Deno.stderr.writeSync(new TextEncoder().encode(`chat: ${safeLines(text).join("\n")}\n`));
}
