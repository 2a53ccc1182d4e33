import { markPastes, markPastesNoMore } from "./key_filter.ts";

/** Whatever ends the program, an error that nobody caught included: the terminal must not stay raw. */
const waysToEnd = ["unload", "error", "unhandledrejection"] as const;

/** The terminal hands every key over at once and marks pastes, until `leave` or the end of the program. */
export class RawMode {
  constructor() {
    Deno.stdin.setRaw(true);
    Deno.stdout.writeSync(new TextEncoder().encode(markPastes));
    for (const event of waysToEnd) globalThis.addEventListener(event, restore);
  }

  leave(): void {
    for (const event of waysToEnd) globalThis.removeEventListener(event, restore);
    restore();
  }
}

function restore(): void {
  try {
    Deno.stdin.setRaw(false);
    Deno.stdout.writeSync(new TextEncoder().encode(markPastesNoMore));
  } catch {
    // The terminal itself is gone: nothing is left to restore.
  }
}
