import assert from "node:assert/strict";

Deno.test("a build for an unknown target is refused with the targets that there are", async () => {
  const script = new URL("../../scripts/build.ts", import.meta.url);
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", script.href, "amiga"],
  }).output();
  assert.equal(code, 1);
  assert.match(
    new TextDecoder().decode(stderr),
    /^build: There is no target "amiga"\. Choose among x86_64-unknown-linux/,
  );
});
