/**
 * `deno task build [target ...]`: makes one executable, dist/chat for this machine or dist/chat-<target> for each
 * target named, and beside it, with the ending .cdx.json, what it is made of. The command in `DENO_COMPILE`, where that
 * is set, stands in for `deno compile`.
 */
import { bundle } from "./build/bundle.ts";
import { compile } from "./build/compile.ts";
import { lockIntegrity } from "./build/lock_integrity.ts";
import { npmPackagesOf } from "./build/npm_packages.ts";
import { licenceIn, packageJsonIn } from "./build/package_json.ts";
import { permissionFlags } from "./build/permission_flags.ts";
import { sbomOf } from "./build/sbom.ts";
import { executableOf, sbomFileOf, unknownTargets } from "./build/targets.ts";
import { engineFlags } from "./chat_task.ts";

/** Where the program begins, and its threads. */
const entries = ["main.ts", "server/sessions/password_worker.ts", "server/files/preview_worker.ts"] as const;

function main(targets: readonly string[]): void {
  const unknown = unknownTargets(targets);
  if (unknown.length > 0) throw new Error(unknown.join("\n"));
  const command = Deno.env.get("DENO_COMPILE")?.match(/\S+/g) ?? [Deno.execPath(), "compile"];
  const denoJson = Deno.readTextFileSync("deno.json");
  const flags = [...permissionFlags(denoJson), ...engineFlags(denoJson)];
  const folder = "dist/bundle";
  bundle(".", entries, folder);
  for (const target of targets.length > 0 ? targets : [undefined]) {
    const executable = `dist/${executableOf(target)}`;
    compile({ command, flags, folder, executable, target });
    const sbom = `dist/${sbomFileOf(target)}`;
    Deno.writeTextFileSync(sbom, sbomOfExecutable(executable, denoJson));
    console.log(`build: wrote ${executable} and ${sbom}`);
  }
}

function sbomOfExecutable(executable: string, denoJson: string): string {
  const { name, version, license: licence } = JSON.parse(denoJson);
  return sbomOf({
    program: { name, version, licence },
    executable: Deno.readFileSync(executable),
    packages: npmPackagesOf(".", entries),
    integrity: lockIntegrity(Deno.readTextFileSync("deno.lock")),
    licenceOf: ({ folder }) => licenceIn(packageJsonIn(folder)),
  });
}

try {
  Deno.chdir(new URL("..", import.meta.url));
  main(Deno.args);
} catch (error) {
  console.error(`build: ${error instanceof Error ? error.message : error}`);
  Deno.exitCode = 1;
}
