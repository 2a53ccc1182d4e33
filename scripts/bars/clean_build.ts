/** Builds of the project that share nothing with what lies about on this machine but its tools. */
import { createHash } from "node:crypto";
import { CannotRun } from "./verdict.ts";

/** The project as it is here, without what git would leave out, copied into `folder`. */
export async function copyProject(folder: string): Promise<void> {
  const args = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  const { success, stdout } = await new Deno.Command("git", { args, stderr: "null" }).output().catch(noGit);
  if (!success) throw new CannotRun("git does not know the files of this project");
  for (const path of new TextDecoder().decode(stdout).split("\0").filter(isFile)) {
    Deno.mkdirSync(`${folder}/${path}`.replace(/[^/]*$/, ""), { recursive: true });
    Deno.copyFileSync(path, `${folder}/${path}`);
  }
}

/** A place for a build: a copy of the project, and a cache that nothing was put into before. */
export class CleanPlace {
  readonly project: string;
  readonly #env: Readonly<Record<string, string>>;

  constructor(folder: string) {
    this.project = `${folder}/project`;
    this.#env = { DENO_DIR: `${folder}/cache`, NO_COLOR: "1" };
  }

  /** Runs Deno in the copy and returns whether it went well, and all that it said. */
  async deno(...args: readonly string[]): Promise<{ readonly success: boolean; readonly said: string }> {
    const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [...args],
      cwd: this.project,
      env: this.#env,
    }).output();
    const decoder = new TextDecoder();
    return { success, said: decoder.decode(stdout) + decoder.decode(stderr) };
  }

  /** Fetches every package that deno.lock names, tests' too, and not one more: the lock is frozen. */
  async install(): Promise<void> {
    const { success, said } = await this.deno("install", "--frozen");
    if (success) return;
    if (/lockfile is out of date/i.test(said)) throw new Error(`deno.lock is not up to date: ${said}`);
    throw new CannotRun(`the packages cannot be fetched: ${said}`);
  }

  /** The SHA-256 of the executable and of its bill of materials. */
  async build(): Promise<{ readonly executable: string; readonly sbom: string }> {
    const { success, said } = await this.deno("task", "build");
    if (!success) throw new CannotRun(`deno task build failed, see DENO_COMPILE in the README: ${said}`);
    return { executable: this.#hash("dist/chat"), sbom: this.#hash("dist/chat.cdx.json") };
  }

  #hash(path: string): string {
    return createHash("sha256").update(Deno.readFileSync(`${this.project}/${path}`)).digest("hex");
  }
}

/** A file may be listed and deleted. */
function isFile(path: string): boolean {
  if (path === "") return false;
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

function noGit(): never {
  throw new CannotRun("git is not installed");
}
