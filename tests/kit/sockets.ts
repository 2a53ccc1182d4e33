/** The kernel's list of TCP sockets, for tests that want to know what is really open. */

/** How many sockets are established on the loopback between these two ports, seen from the first. */
export function established(port: number, otherPort: number): number {
  const { stdout } = new Deno.Command("ss", {
    args: ["-Htn", "state", "established", `( sport = :${port} and dport = :${otherPort} )`],
  }).outputSync();
  return new TextDecoder().decode(stdout).split("\n").filter((line) => line !== "").length;
}
