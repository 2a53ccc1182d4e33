import { limits, roles } from "../../shared/protocol/mod.ts";
import type { Transcript } from "../../tests/kit/transcript.ts";
import { conversations } from "./conversations.ts";
import { Examples } from "./examples.ts";
import { answerSections, eventSections, requestSections, signalSections } from "./frame_sections.ts";
import { quantity } from "./quantity.ts";
import { errorTable, limitTable } from "./tables.ts";

export interface PageParts {
  /** The page in Markdown, with `{{part}}` where something is to be filled in. */
  readonly words: string;
  /** The source of the client that is shown. */
  readonly client: string;
  readonly transcripts: readonly Transcript[];
}

/** The protocol page. Throws an Error if its words ask for a part that there is not. */
export function protocolPage({ words, client, transcripts }: PageParts): string {
  const examples = new Examples(transcripts);
  const parts: Readonly<Record<string, () => string>> = {
    requests: () => requestSections(examples),
    answers: () => answerSections(examples),
    events: () => eventSections(examples),
    signals: () => signalSections(examples),
    roles: () => roles.map((role) => `\`${role}\``).join(", ").replace(/, (?=[^,]*$)/, " and "),
    errors: errorTable,
    limits: limitTable,
    python: () => client.trimEnd(),
    conversations: () => conversations(transcripts),
  };
  return words.replaceAll(/\{\{([^}]*)\}\}/g, (_, name: string) => {
    const part = parts[name] ?? limitNamed(name);
    if (part === undefined) throw new Error(`There is no part {{${name}}} to fill into the protocol page`);
    return part();
  });
}

function limitNamed(part: string): (() => string) | undefined {
  const name = part.replace(/^limits\./, "");
  if (!Object.hasOwn(limits, name)) return undefined;
  return () => quantity(name, limits[name as keyof typeof limits]);
}
