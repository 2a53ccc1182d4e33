/** What the kernel says of a process (Linux, proc(5)). */

/** The kernel counts CPU time in hundredths of a second on every common architecture (USER_HZ). */
const ticksPerSecond = 100;

/** User and system time of all threads that a process has had, in seconds. */
export function cpuSecondsOf(pid: number): number {
  const stat = Deno.readTextFileSync(`/proc/${pid}/stat`);
  // The name, in parentheses, may hold anything; the fields after it are numbers. utime and stime are the 14th and 15th.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/** Resident memory in KiB. */
export function residentKibOf(pid: number): number {
  return Number(/^VmRSS:\s+(\d+)/m.exec(Deno.readTextFileSync(`/proc/${pid}/status`))?.[1]);
}

/** How many connections the kernel holds open on the server's side of a port of 127.0.0.1. */
export function establishedOn(port: number): number {
  const local = `0100007F:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  const rows = Deno.readTextFileSync("/proc/net/tcp").split("\n").slice(1);
  const established = "01";
  return rows.map((row) => row.trim().split(/\s+/)).filter((row) =>
    row[1] === local && row[3] === established
  )
    .length;
}
