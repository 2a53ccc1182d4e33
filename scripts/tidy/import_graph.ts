/** Who imports whom, as Deno itself resolves it: `deno info --json` over all source files of a tree. */
import { fileURLToPath, pathToFileURL } from "node:url";
import { relative } from "node:path";

/** One import of one file: static, dynamic, of a value or of a type. */
export interface Arrow {
  readonly from: string;
  /** Counted from 1. */
  readonly line: number;
  /** As it is written in the source. */
  readonly specifier: string;
  /** A path in the tree, or another specifier such as `node:sqlite`. */
  readonly to: string;
}

export interface ImportGraph {
  readonly arrows: readonly Arrow[];
  /** Files of the tree that Deno cannot read or parse, each with Deno's words about it. */
  readonly unreadable: ReadonlyMap<string, string>;
}

/** `root` is an absolute path that holds a `deno.json`. Throws where `deno info` itself fails. */
export function importGraph(root: string, files: readonly string[]): ImportGraph {
  const modules = denoInfo(root, files);
  const local = (specifier: string): string => pathInTree(root, specifier);
  const own = modules.filter((module) => module.specifier.startsWith("file:"));
  return {
    arrows: own.flatMap((module) =>
      (module.dependencies ?? []).flatMap((each) => arrowsOf(each, module, local))
    ),
    unreadable: new Map(own.flatMap(({ specifier, error }) => error ? [[local(specifier), error]] : [])),
  };
}

interface InfoModule {
  readonly specifier: string;
  readonly error?: string;
  readonly dependencies?: readonly InfoDependency[];
}

interface InfoDependency {
  readonly specifier: string;
  readonly code?: InfoTarget;
  readonly type?: InfoTarget;
}

interface InfoTarget {
  readonly specifier?: string;
  readonly span: { readonly start: { readonly line: number } };
}

/** `deno info` takes one entry, so the entry is a module that imports every file. */
function denoInfo(root: string, files: readonly string[]): readonly InfoModule[] {
  const imports = files.map((file) => `import ${JSON.stringify(pathToFileURL(`${root}/${file}`).href)};`);
  const entry = Deno.makeTempFileSync({ suffix: ".ts" });
  try {
    Deno.writeTextFileSync(entry, imports.join("\n"));
    const offline = ["--no-npm", "--no-remote", "--no-lock"];
    const { success, stdout, stderr } = new Deno.Command(Deno.execPath(), {
      args: ["info", "--json", ...offline, "--config", `${root}/deno.json`, entry],
    }).outputSync();
    if (!success) throw new Error(`Cannot read the imports: ${new TextDecoder().decode(stderr)}`);
    const { modules } = JSON.parse(new TextDecoder().decode(stdout)) as { modules: readonly InfoModule[] };
    return modules.filter(({ specifier }) => specifier !== pathToFileURL(entry).href);
  } finally {
    Deno.removeSync(entry);
  }
}

/** A value and a type may come from two places by one specifier; where it is one place, it is one arrow. */
function arrowsOf(each: InfoDependency, module: InfoModule, local: (specifier: string) => string): Arrow[] {
  const found = [each.code, each.type].flatMap((target) =>
    target?.specifier === undefined ? [] : [{
      from: local(module.specifier),
      line: target.span.start.line + 1,
      specifier: each.specifier,
      to: local(target.specifier),
    }]
  );
  return found.filter((arrow, index) => found.findIndex(({ to }) => to === arrow.to) === index);
}

function pathInTree(root: string, specifier: string): string {
  if (!specifier.startsWith("file:")) return specifier;
  return relative(root, fileURLToPath(specifier)).replaceAll("\\", "/");
}
