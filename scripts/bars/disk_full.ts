import { type Bar, CannotRun, type Verdict } from "./verdict.ts";

export const diskFull: Bar = {
  says: "A disk that is really full: no false ok, reading goes on, and all is well when there is room again",
  /**
   * Runs in a mount namespace of its own, where a small file system can be made without touching the machine's: by the
   * administrator, or by anybody where the kernel lets users make namespaces.
   */
  async run(say) {
    const asRoot = Deno.uid() === 0 ? [] : ["--user", "--map-root-user"];
    const inside = new URL("./disk_full_inside.ts", import.meta.url).pathname;
    const child = new Deno.Command("unshare", {
      args: ["--mount", ...asRoot, Deno.execPath(), "run", "-A", inside],
      stdout: "piped",
      stderr: "piped",
    });
    const { success, stdout, stderr } = await child.output();
    const lines = new TextDecoder().decode(stdout).trim().split("\n");
    const verdict = success ? lines.pop() ?? "" : "";
    lines.forEach(say);
    if (success) return JSON.parse(verdict) as Verdict;
    throw new CannotRun(
      `no small file system can be mounted here, or the trial broke off: ${new TextDecoder().decode(stderr)}`,
    );
  },
};
