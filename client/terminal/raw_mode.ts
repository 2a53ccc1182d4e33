import { markPastes, markPastesNoMore } from "./key_filter.ts";

/** Whatever ends the program, an error that nobody caught included: the terminal must not stay raw. */
const waysToEnd = ["unload", "error", "unhandledrejection"] as const;

/**
 * The terminal hands every key over at once and echoes none, until `leave` or the end of the program. To `edit`, it also
 * marks pastes and leaves Ctrl-C to the program; to `hide`, it is not told anything.
 */
export class RawMode {
  readonly #marksPastes: boolean;
  readonly #restore = () => this.#leaveRaw();

  constructor(purpose: "edit" | "hide") {
    this.#marksPastes = purpose === "edit";
    // On Windows Ctrl-C is always a key then.
    Deno.stdin.setRaw(true, { cbreak: purpose === "hide" && Deno.build.os !== "windows" });
    if (this.#marksPastes) write(markPastes);
    for (const event of waysToEnd) globalThis.addEventListener(event, this.#restore);
  }

  leave(): void {
    for (const event of waysToEnd) globalThis.removeEventListener(event, this.#restore);
    this.#leaveRaw();
  }

  #leaveRaw(): void {
    try {
      Deno.stdin.setRaw(false);
      if (this.#marksPastes) write(markPastesNoMore);
    } catch {
      // The terminal itself is gone: nothing is left to restore.
    }
  }
}

function write(text: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(text));
}
