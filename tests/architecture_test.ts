import assert from "node:assert/strict";

const page = Deno.readTextFileSync(new URL("../ARCHITECTURE.md", import.meta.url));

Deno.test("the page of the house names every file of the hub once, and none that there is not", () => {
  const [, section = ""] = /^## The files of `server\/hub`\n([^]*?)^## /m.exec(page) ?? [];
  const named = [...section.matchAll(/`([a-z_]+)`/g)].map(([, name = ""]) => name).sort();
  const files = [...Deno.readDirSync(new URL("../server/hub", import.meta.url))]
    .map(({ name }) => name.replace(/\.ts$/, ""))
    .filter((name) => name !== "hub" && name !== "mod").sort();
  assert.deepEqual(named, files);
});
