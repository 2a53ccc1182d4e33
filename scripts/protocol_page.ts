/**
 * `deno task protocol [--check]`: writes docs/PROTOCOL.md from the tables of shared/protocol, the words of
 * protocol_page/page.md and the conversations of tests/transcripts; with `--check` only tells whether it is up to date.
 */
import { parseTranscript, type Transcript } from "../tests/kit/transcript.ts";
import { protocolPage } from "./protocol_page/page.ts";

const root = new URL("..", import.meta.url);
const page = new URL("docs/PROTOCOL.md", root);

/** The page as it is to be. Throws where a conversation or the words cannot be read. */
export function currentPage(): string {
  return protocolPage({
    words: read("scripts/protocol_page/page.md"),
    client: read("scripts/protocol_page/minimal_client.py"),
    transcripts: readTranscripts(),
  });
}

/** All conversations, in the order of their files. */
export function readTranscripts(): readonly Transcript[] {
  const folder = "tests/transcripts/";
  const names = [...Deno.readDirSync(new URL(folder, root))].map(({ name }) => name);
  return names.filter((name) => name.endsWith(".txt")).sort().map((name) =>
    parseTranscript(read(folder + name))
  );
}

function read(path: string): string {
  return Deno.readTextFileSync(new URL(path, root));
}

function readPage(): string | undefined {
  try {
    return Deno.readTextFileSync(page);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

function main(args: readonly string[]): void {
  const text = currentPage();
  if (args.includes("--check")) {
    if (readPage() === text) return console.log("protocol: docs/PROTOCOL.md is up to date");
    console.error(
      "protocol: docs/PROTOCOL.md is not up to date. Run deno task protocol, and commit the result",
    );
    Deno.exitCode = 1;
    return;
  }
  Deno.mkdirSync(new URL(".", page), { recursive: true });
  Deno.writeTextFileSync(page, text);
  console.log("protocol: wrote docs/PROTOCOL.md");
}

if (import.meta.main) main(Deno.args);
