/** What there is to know about the packages of a lock file, from the copies that Deno has fetched. */
import type { CleanPlace } from "./clean_build.ts";
import { packageJsonIn } from "../build/package_json.ts";

export interface LockedPackage {
  readonly key: string;
  /** The commands that npm would run while installing it. Deno runs none, but others may install it. */
  readonly installScripts: readonly string[];
  /** When the registry says that it was published, in milliseconds since the Unix epoch. */
  readonly published: number | undefined;
}

/** All packages of the lock file. Throws where Deno does not describe one of them. */
export async function lockedPackagesIn(place: CleanPlace): Promise<readonly LockedPackage[]> {
  // With a lock file Deno asks the registry about few packages; without one about all, and keeps what it hears.
  await place.deno("install", "--no-lock");
  const { npm } = JSON.parse(Deno.readTextFileSync(`${place.project}/deno.lock`));
  const { said } = await place.deno("info", "--json", "main.ts");
  const { npmPackages } = JSON.parse(said.slice(said.indexOf("{")));
  return Object.keys(npm).map((key) => {
    const found: Described | undefined = npmPackages[key];
    if (found === undefined) throw new Error(`deno info does not describe ${key}`);
    return { key, installScripts: installScriptsIn(found.localPath), published: publishedAt(found) };
  });
}

interface Described {
  readonly version: string;
  readonly localPath: string;
}

function installScriptsIn(folder: string): readonly string[] {
  const { scripts } = packageJsonIn(folder);
  const named = ["preinstall", "install", "postinstall"].filter((name) => name in Object(scripts));
  // With this file and no script, npm compiles native code.
  return existsFile(`${folder}/binding.gyp`) ? [...named, "binding.gyp"] : named;
}

/** Deno keeps what the registry says of a package beside the package's versions. */
function publishedAt({ version, localPath }: Described): number | undefined {
  const path = localPath.replace(/[^/]*$/, "registry.json");
  if (!existsFile(path)) return undefined;
  const published = Date.parse(JSON.parse(Deno.readTextFileSync(path)).time?.[version]);
  return Number.isNaN(published) ? undefined : published;
}

function existsFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
