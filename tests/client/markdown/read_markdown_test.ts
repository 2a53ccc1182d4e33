import assert from "node:assert/strict";
import fc from "fast-check";
import type { Block } from "../../../client/markdown/mod.ts";
import { readMarkdown } from "../../../client/markdown/read_markdown.ts";
import { fromSeed } from "../../kit/seed.ts";

Deno.test("a text without marks stays as it is, row by row", () => {
  for (const text of ["hi", "one\n  two\n\n\tthree", "", "a - b\n1 and 2", "  first"]) {
    assert.equal(shown(readMarkdown(text)), text);
  }
});

Deno.test("marks of words are looks", () => {
  assert.deepEqual(readMarkdown("a **b** *c* ~~d~~ `e*f*`"), [{
    kind: "text",
    rows: [[
      { text: "a ", looks: [] },
      { text: "b", looks: ["strong"] },
      { text: " ", looks: [] },
      { text: "c", looks: ["emphasis"] },
      { text: " ", looks: [] },
      { text: "d", looks: ["struck"] },
      { text: " ", looks: [] },
      { text: "e*f*", looks: ["code"] },
    ]],
  }]);
  assert.equal(shown(readMarkdown("snake_case_name and \\*stars\\*")), "snake_case_name and *stars*");
});

Deno.test("links tell where they lead, and lead nowhere but to addresses", () => {
  const [block] = readMarkdown("[here](https://a.example/) <https://b.example/> [no](javascript:x)");
  assert.ok(block?.kind === "text");
  assert.deepEqual(block.rows[0]?.map(({ address }) => address), [
    "https://a.example/",
    undefined,
    "https://b.example/",
    undefined,
  ]);
  assert.equal(shown(readMarkdown("[no](javascript:x)")), "[no](javascript:x)");
});

Deno.test("quotes, lists and code are blocks, with the empty rows between them", () => {
  const text = "see:\n\n> one\n> two\n\n- a\n- b\n\n3. c\n\n```ts\n  let x;\n\n```\nend";
  assert.equal(
    shown(readMarkdown(text)),
    "see:\n\n|one\n|two\n\n• a\n• b\n\n3. c\n\n# ts\n#  let x;\n#\nend",
  );
});

Deno.test("nothing else is a mark: no HTML, no images, no headings", () => {
  for (const text of ["<b>x</b>", "# one", "| a |\n|---|", "&lt;", "----", "![x](y)"]) {
    assert.equal(shown(readMarkdown(text)).replace("<y>", "(y)"), text === "![x](y)" ? "!x" : text);
  }
});

Deno.test("no word of any text is lost", () => {
  const words = fc.array(
    fc.constantFrom("word", "*", "_", "`", "```", "\n", " ", "- ", "> ", "1. ", "~~", "<", "\\", "  "),
  );
  fc.assert(
    fc.property(words, (parts) => {
      const text = parts.join("");
      assert.equal(shown(readMarkdown(text)).match(/word/g)?.length, text.match(/word/g)?.length);
    }),
    fromSeed(),
  );
});

function shown(blocks: readonly Block[]): string {
  return blocks.flatMap(rowsOf).join("\n");
}

function rowsOf(block: Block): readonly string[] {
  if (block.kind === "text") return block.rows.map((row) => row.map(({ text }) => text).join(""));
  if (block.kind === "code") return [`# ${block.language}`, ...block.rows.map((row) => `#${row}`)];
  const rows = block.blocks.flatMap(rowsOf);
  if (block.kind === "quote") return rows.map((row) => `|${row}`);
  return rows.map((row, index) => `${index === 0 ? block.mark : " ".repeat(block.mark.length)} ${row}`);
}
