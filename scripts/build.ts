/**
 * `deno task build [target ...]`: makes one executable, dist/chat for this machine or dist/chat-<target> for each
 * target named. The command in `DENO_COMPILE`, where that is set, stands in for `deno compile`.
 */
import { bundle } from "./build/bundle.ts";
import { compile } from "./build/compile.ts";
import { permissionFlags } from "./build/permission_flags.ts";
import { engineFlags } from "./chat_task.ts";
import { executableOf, unknownTargets } from "./build/targets.ts";

function main(targets: readonly string[]): void {
  const unknown = unknownTargets(targets);
  if (unknown.length > 0) throw new Error(unknown.join("\n"));
  const command = Deno.env.get("DENO_COMPILE")?.match(/\S+/g) ?? [Deno.execPath(), "compile"];
  const denoJson = Deno.readTextFileSync("deno.json");
  const flags = [...permissionFlags(denoJson), ...engineFlags(denoJson)];
  const folder = "dist/bundle";
  bundle(".", ["main.ts", "server/sessions/password_worker.ts"], folder);
  for (const target of targets.length > 0 ? targets : [undefined]) {
    const executable = `dist/${executableOf(target)}`;
    compile({ command, flags, folder, executable, target });
    console.log(`build: wrote ${executable}`);
  }
}

try {
  Deno.chdir(new URL("..", import.meta.url));
  main(Deno.args);
} catch (error) {
  console.error(`build: ${error instanceof Error ? error.message : error}`);
  Deno.exitCode = 1;
}
