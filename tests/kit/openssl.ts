import assert from "node:assert/strict";

/** What `openssl` prints on standard output. Fails loudly where it fails or is missing: the tests rely on it. */
export function openssl(args: readonly string[], input: Uint8Array = new Uint8Array()): Uint8Array {
  const path = Deno.makeTempFileSync();
  try {
    Deno.writeFileSync(path, input);
    const { success, stdout, stderr } = new Deno.Command("openssl", {
      args: args.map((argument) => argument === "INPUT" ? path : argument),
    }).outputSync();
    assert.ok(success, new TextDecoder().decode(stderr));
    return stdout;
  } finally {
    Deno.removeSync(path);
  }
}
