import type { Step, Transcript } from "../../tests/kit/transcript.ts";
import { plausible } from "./plausible.ts";

/** The transcripts, one section each: words as words, deeds as they are written. */
export function conversations(transcripts: readonly Transcript[]): string {
  return transcripts.map(({ title, steps }) => [`### ${title}`, ...steps.reduce(gather, []).map(shown)])
    .map((parts) => parts.join("\n\n"))
    .join("\n\n");
}

interface Run {
  readonly kind: "words" | "deeds";
  readonly lines: readonly string[];
}

/** Joins neighbours of one kind. An empty line of words begins a new paragraph. */
function gather(runs: readonly Run[], { source, deed }: Step): Run[] {
  const kind = deed.kind === "prose" ? "words" : "deeds";
  const line = deed.kind === "prose" ? deed.text : plausible(source);
  const last = runs.at(-1);
  if (line === "") return [...runs, { kind, lines: [] }];
  if (last?.kind !== kind) return [...runs, { kind, lines: [line] }];
  return [...runs.slice(0, -1), { kind, lines: [...last.lines, line] }];
}

function shown({ kind, lines }: Run): string {
  const text = lines.join("\n");
  return kind === "words" ? text : `\`\`\`text\n${text}\n\`\`\``;
}
