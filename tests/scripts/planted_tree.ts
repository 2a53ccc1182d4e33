/** A tree of files in a folder of its own, removed after `use`. `deno.json` and `README.md` are added where not given. */
export async function withTree(
  files: Readonly<Record<string, string>>,
  use: (root: string) => void | Promise<void>,
): Promise<void> {
  const root = Deno.realPathSync(Deno.makeTempDirSync({ prefix: "planted-tree-" }));
  try {
    for (const [path, text] of Object.entries({ "deno.json": "{}", "README.md": "", ...files })) {
      plant(`${root}/${path}`, text);
    }
    await use(root);
  } finally {
    Deno.removeSync(root, { recursive: true });
  }
}

function plant(path: string, text: string): void {
  Deno.mkdirSync(path.slice(0, path.lastIndexOf("/")), { recursive: true });
  Deno.writeTextFileSync(path, text);
}
