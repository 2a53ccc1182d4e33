import type { Block } from "./blocks.ts";

/** Never throws: what means nothing is a text. */
export type ReadMarkdown = (text: string) => readonly Block[];

/** The library takes longer to load than all the rest of a client, and nobody waits for it before they talk. */
export async function loadMarkdown(): Promise<ReadMarkdown> {
  const { readMarkdown } = await import("./read_markdown.ts");
  return readMarkdown;
}
