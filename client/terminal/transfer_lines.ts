/** What a person is told of files on their way. */
import { basename } from "node:path";
import type { Downloaded } from "../files/mod.ts";
import { safeText } from "./safe_text.ts";
import { sizeText } from "./size_text.ts";
import { type Line, span } from "./styled_line.ts";
import type { UnderWay } from "./under_way.ts";

const arrows = { up: "↑", down: "↓" } as const;

/** `  ↑ photo.jpg  43 % of 4.8 MB`, above the prompt. */
export function underWayText({ direction, name, progress }: UnderWay): string {
  return `  ${arrows[direction]} ${safeText(basename(name))}  ${progressText(progress)}`;
}

export function savedLine({ path, size, wasThere }: Downloaded): Line {
  return [
    span(wasThere ? "  It is here already: " : "  Saved: "),
    span(safeText(path), "strong", "whole"),
    span(` (${sizeText(size)})`),
  ];
}

export function stoppedLine({ direction, name, progress }: UnderWay): Line {
  const command = direction === "up" ? "/upload" : "/open";
  const far = progress === undefined ? "" : ` at ${percent(progress)} %`;
  return [
    span(`  ${arrows[direction]} ${safeText(basename(name))} stopped${far}. `),
    span(`${command} again goes on there.`, "dim"),
  ];
}

function progressText(progress: UnderWay["progress"]): string {
  if (progress === undefined) return "…";
  const verb = progress.step === "checking" ? "reading, " : "";
  return `${verb}${percent(progress)} % of ${sizeText(progress.total)}`;
}

function percent({ done, total }: { readonly done: number; readonly total: number }): number {
  return total === 0 ? 100 : Math.floor(done / total * 100);
}
