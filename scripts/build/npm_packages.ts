/** What of npm goes into the executable: asked of Deno itself, which follows the imports. */

export interface NpmPackage {
  readonly name: string;
  readonly version: string;
  /** Keys of the packages that it needs. */
  readonly dependencies: readonly string[];
  /** Where its files are on this machine. */
  readonly folder: string;
}

export interface NpmPackages {
  /** Keys of those that the program imports itself. */
  readonly direct: readonly string[];
  /** These and all that they need, by key, in the order of their keys. A key is a name and a version, as in deno.lock. */
  readonly all: ReadonlyMap<string, NpmPackage>;
}

/** The packages that the modules `entries` of the project `root` need. What only tests need is not among them. */
export function npmPackagesOf(root: string, entries: readonly string[]): NpmPackages {
  const graphs = entries.map((entry) => graphOf(root, entry));
  const known = new Map(graphs.flatMap(({ npmPackages }) => Object.entries(npmPackages)));
  const direct = graphs.flatMap(({ modules }) => modules.flatMap(({ npmPackage }) => npmPackage ?? []));
  const needed = new Set(direct);
  for (const key of needed) known.get(key)?.dependencies.forEach((dependency) => needed.add(dependency));
  const all = [...needed].sort().map((key) => [key, packageIn(known, key)] as const);
  return { direct: [...new Set(direct)].sort(), all: new Map(all) };
}

/** The part of what `deno info --json` says that is read here. */
interface ModuleGraph {
  readonly modules: readonly { readonly npmPackage?: string }[];
  readonly npmPackages: Readonly<Record<string, Omit<NpmPackage, "folder"> & { readonly localPath: string }>>;
}

function graphOf(root: string, entry: string): ModuleGraph {
  const { success, stdout, stderr } = new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", entry],
    cwd: root,
  }).outputSync();
  const decoder = new TextDecoder();
  if (!success) throw new Error(`deno info cannot tell what ${entry} imports: ${decoder.decode(stderr)}`);
  return { npmPackages: {}, ...JSON.parse(decoder.decode(stdout)) };
}

function packageIn(known: ReadonlyMap<string, ModuleGraph["npmPackages"][string]>, key: string): NpmPackage {
  const found = known.get(key);
  if (found === undefined) throw new Error(`deno info names the package ${key} and does not describe it.`);
  const { name, version, dependencies, localPath } = found;
  return { name, version, dependencies: dependencies.toSorted(), folder: localPath };
}
