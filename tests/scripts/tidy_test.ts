import assert from "node:assert/strict";
import { faultsIn } from "../../scripts/tidy.ts";
import { faultLine } from "../../scripts/tidy/fault.ts";
import { withTree } from "./planted_tree.ts";

/** A small house in which every rule holds. */
const cleanTree: Readonly<Record<string, string>> = {
  "deno.json": `{ "imports": { "tool": "npm:a-tool-that-is-not-there@1.0.0" } }`,
  "README.md": "| [tool](https://example.com) | its work | it is good at it |",
  "main.ts": `if (Deno.args[0] === "serve") (await import("./server/mod.ts")).start(Deno.env.get("HOME"));`,
  "server/mod.ts":
    `import { open } from "./store/mod.ts";\nexport const start = (home?: string) => open(home);`,
  "server/store/mod.ts": `export { open } from "./database.ts";`,
  "server/store/database.ts": `import { first } from "./migrations/first.ts";\n` +
    `import { DatabaseSync } from "node:sqlite";\nimport "tool";\n` +
    `export const open = (path = "") => new DatabaseSync(path).exec(first);`,
  "server/store/migrations/first.ts": `export const first = "select 1 -- Date.now()";`,
  "shared/world/mod.ts": `export const now = () => Date.now() + Math.random();\nconsole.log(now());`,
  "tests/server/store/database_test.ts": `import { open } from "../../../server/store/database.ts";\n` +
    `setTimeout(open, Date.now());`,
  "scripts/build.ts": `console.log(Deno.args, new Date());`,
};

/** The clean tree with `files` on top has exactly one fault: that of `file` and `line` whose words match `text`. */
function refuses(files: Readonly<Record<string, string>>, place: string, text: RegExp): Promise<void> {
  return withTree({ ...cleanTree, ...files }, (root) => {
    const lines = faultsIn(root).map(faultLine);
    assert.equal(lines.length, 1, lines.join("\n"));
    assert.ok(lines[0]?.startsWith(`${place}: `), lines[0]);
    assert.match(lines[0] ?? "", text);
  });
}

Deno.test("a clean tree passes", () =>
  withTree(cleanTree, (root) => {
    assert.deepEqual(faultsIn(root), []);
  }));

Deno.test("an arrow against the direction is refused", () =>
  refuses(
    { "server/hub/mod.ts": `export const hub = 1;`, "server/store/rows.ts": `\nimport "../hub/mod.ts";` },
    "server/store/rows.ts:2",
    /server\/store may not import server\/hub/,
  ));

Deno.test("an arrow of a type alone is refused like any other", () =>
  refuses(
    {
      "client/model/mod.ts": `export type Model = import("../../server/mod.ts").Server;`,
      "server/mod.ts": `export interface Server {}`,
    },
    "client/model/mod.ts:1",
    /client\/model may not import server .*shared\/protocol/,
  ));

Deno.test("a package without an exact version is refused", () =>
  refuses(
    { "deno.json": `{ "imports": { "tool": "npm:a-tool-that-is-not-there@^1.0.0" } }` },
    "deno.json:1",
    /package tool is not held to one version/,
  ));

Deno.test("a dynamic import is an arrow", () =>
  refuses(
    { "certs/mod.ts": `export const late = () => import("../server/mod.ts");` },
    "certs/mod.ts:1",
    /certs may not import server/,
  ));

Deno.test("an import by an alias of deno.json is judged by where it leads", () =>
  refuses(
    {
      "deno.json": `{ "imports": { "tool": "npm:tool@1.0.0", "#start": "./server/mod.ts" } }`,
      "certs/mod.ts": `import "#start";`,
    },
    "certs/mod.ts:1",
    /imports "#start", but certs may not import server/,
  ));

Deno.test("an import past the door of a room is refused, and the door named", () =>
  refuses(
    { "server/mod.ts": `import { open } from "./store/database.ts";\nexport const start = open;` },
    "server/mod.ts:1",
    /past the door of server\/store: import server\/store\/mod\.ts/,
  ));

Deno.test("an insider may not use the door of its own room", () =>
  refuses(
    {
      "server/store/mod.ts": `export const open = (_: unknown) => 1;`,
      "server/store/database.ts": `export const rows = 1;`,
      "server/store/rows.ts": `import "./mod.ts";`,
    },
    "server/store/rows.ts:1",
    /the door of its own room/,
  ));

Deno.test("a ring of imports is refused with its whole way", () =>
  refuses(
    {
      "certs/mod.ts": `import "./a.ts";`,
      "certs/a.ts": `import "./b.ts";`,
      "certs/b.ts": `\n\nimport type { A } from "./a.ts";\nexport type B = A;`,
    },
    "certs/b.ts:3",
    /certs\/a\.ts -> certs\/b\.ts -> certs\/a\.ts/,
  ));

Deno.test("SQL outside the store is refused", () =>
  refuses(
    { "server/hub/mod.ts": `import { DatabaseSync } from "node:sqlite";\nexport { DatabaseSync };` },
    "server/hub/mod.ts:1",
    /only server\/store and shared\/files\/file_lock\.ts may/,
  ));

Deno.test("a timer by a Node module is refused", () =>
  refuses({ "certs/mod.ts": `import "node:timers/promises";` }, "certs/mod.ts:1", /clock of World/));

Deno.test("the program may not import tests or scripts", async () => {
  await refuses(
    { "certs/mod.ts": `import "../tests/kit/x.ts";`, "tests/kit/x.ts": "" },
    "certs/mod.ts:1",
    /lean on/,
  );
  await refuses({ "certs/mod.ts": `import "../scripts/build.ts";` }, "certs/mod.ts:1", /lean on/);
});

Deno.test("a folder without a row in the table is refused", async () => {
  await refuses(
    { "server/attic/old.ts": "" },
    "server/attic/old.ts",
    /give the folder "server\/attic" a row/,
  );
  await refuses({ "server/store/cellar/mod.ts": "" }, "server/store/cellar/mod.ts", /give the folder/);
  await refuses({ "loose.ts": "" }, "loose.ts", /give "loose\.ts" a row/);
});

Deno.test("a file named for nothing in particular is refused", () =>
  refuses({ "certs/utils.ts": "" }, "certs/utils.ts", /named for nothing/));

Deno.test("a file that does not parse is refused, for its imports cannot be seen", () =>
  refuses({ "certs/mod.ts": `const = "../server/mod.ts";` }, "certs/mod.ts", /cannot be read as a module/));

Deno.test("an import of a file that is not there is refused at the import", () =>
  refuses(
    { "certs/mod.ts": `\nimport "./absent.ts";` },
    "certs/mod.ts:2",
    /"certs\/absent\.ts" cannot be read/,
  ));

Deno.test("the task ends with code 1 and names the fault, and with code 0 without one", async () => {
  const tidy = (root: string) =>
    new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", new URL("../../scripts/tidy.ts", import.meta.url).pathname, root],
    }).output();
  await withTree(cleanTree, async (root) => assert.equal((await tidy(root)).code, 0));
  await withTree({ ...cleanTree, "certs/mod.ts": "console.log(1)" }, async (root) => {
    const { code, stderr } = await tidy(root);
    assert.equal(code, 1);
    assert.match(new TextDecoder().decode(stderr), /certs\/mod\.ts:1: says `console`.*\n\ntidy: 1 fault\n$/);
  });
});
