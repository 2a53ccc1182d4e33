import { basename } from "node:path";
import type { Clock } from "../../shared/world/mod.ts";
import type { TransferProgress } from "../files/mod.ts";
import { safeText, sizeText } from "../terminal/mod.ts";

/** Where a line is shown that stands for the one before it. */
export type Shown = (line: string) => void;

const everyMs = 200;

/** Shows how far a file has come, in one line that changes. Without `shown`, nobody looks. */
export function progressOn(
  shown: Shown | undefined,
  path: string,
  clock: Clock,
): { readonly tell: (progress: TransferProgress) => void; end(): void } {
  let toldAt = -Infinity;
  return {
    tell({ step, done, total }) {
      if (shown === undefined || clock.monotonic() - toldAt < everyMs) return;
      toldAt = clock.monotonic();
      const verb = step === "checking" ? "reading, " : "";
      const percent = total === 0 ? 100 : Math.floor(done / total * 100);
      shown(`${safeText(basename(path))}  ${verb}${percent} % of ${sizeText(total)}`);
    },
    end: () => shown?.(""),
  };
}

/** On standard error, where that is a terminal. */
export function progressLine(): Shown | undefined {
  if (!Deno.stderr.isTerminal()) return undefined;
  return (line) => void Deno.stderr.writeSync(new TextEncoder().encode(`\r\x1b[K${line}`));
}
