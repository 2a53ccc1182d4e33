import assert from "node:assert/strict";
import { commands, groups, usage } from "../../client/commands/mod.ts";
import { currentCommandsPage } from "../../scripts/commands_page.ts";
import { commandsPage } from "../../scripts/commands_page/page.ts";

Deno.test("the page of commands that is published is that of the table", () => {
  const published = Deno.readTextFileSync(new URL("../../docs/commands.md", import.meta.url));
  assert.equal(published, currentCommandsPage());
});

Deno.test("the page of commands has every command once, and tells whose it is where it is not everybody's", () => {
  const rows = currentCommandsPage().split("\n").filter((line) => line.startsWith("| `/"));
  assert.equal(rows.length, commands.length);
  for (const command of commands) {
    const written = `| \`${usage(command).replaceAll("|", "\\|")}\``;
    assert.equal(rows.filter((row) => row.startsWith(written)).length, 1, written);
  }
  assert.ok(rows.some((row) => row.startsWith("| `/policy") && row.includes("For owners.")));
  assert.ok(rows.some((row) => row.startsWith("| `/reply") && !row.includes("For ")));
});

Deno.test("a group that the page of commands leaves out is told, and so is a part that there is not", () => {
  const parts = { commands, groups, emoji: [] };
  assert.throws(() => commandsPage({ ...parts, words: "{{talk}}" }), /leaves out find, rooms/);
  assert.throws(() => commandsPage({ ...parts, words: "{{tides}}" }), /There is no part \{\{tides\}\}/);
});
